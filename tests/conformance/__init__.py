"""How well scripts are read: public cases, what other readers say of the same files, and why where they differ."""
