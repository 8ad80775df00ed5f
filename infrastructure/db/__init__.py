"""PostgreSQL: tables, repositories, migrations."""
