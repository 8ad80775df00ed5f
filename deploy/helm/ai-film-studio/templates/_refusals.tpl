{{/* What the schema cannot say: values that are fine alone and make no sense together. Each ends in a sentence. */}}

{{- define "studio.refuse" -}}
{{- $v := .Values -}}
{{- if not $v.env }}{{ fail "env is empty: name the installation, such as dev or prod; buckets and queues are called by it." }}{{ end -}}
{{- if not (hasPrefix "https://" $v.publicUrl) }}{{ fail (printf "publicUrl is %q: say where users reach the installation, as https://HOST." $v.publicUrl) }}{{ end -}}
{{- if not $v.image.registry }}{{ fail "image.registry is empty: say where the images lie, as REGISTRY/ai-film-studio." }}{{ end -}}
{{- include "studio.refuse.colours" . -}}
{{- include "studio.refuse.temporal" . -}}
{{- include "studio.refuse.range" (dict "what" "api" "of" $v.api) -}}
{{- include "studio.refuse.range" (dict "what" "cpu" "of" $v.cpu) -}}
{{- include "studio.refuse.grace" (dict "what" "cpu" "of" $v.cpu) -}}
{{- include "studio.refuse.gpu" . -}}
{{- include "studio.refuse.secrets" . -}}
{{- include "studio.refuse.pooler" . -}}
{{- if and $v.ingress.enabled (not $v.ingress.certificateArn) }}{{ fail "ingress.certificateArn is empty: name the certificate of the load balancer, or set ingress.enabled to false." }}{{ end -}}
{{- if and $v.ingress.enabled (lt (int $v.proxies) 1) }}{{ fail "proxies is 0 behind an ingress: the load balancer is one, and whoever asks would seem to come from it." }}{{ end -}}
{{- range $colour, $group := $v.ingress.targetGroups -}}
{{- if and $group $v.ingress.enabled }}{{ fail (printf "ingress.targetGroups.%s is set and ingress.enabled is true: the load balancer is made elsewhere, or by the ingress; set one of them." $colour) }}{{ end -}}
{{- end -}}
{{- if or $v.ingress.targetGroups.blue $v.ingress.targetGroups.green -}}
{{- range $colour, $one := $v.colours }}{{ if and $one.tag (not (index $v.ingress.targetGroups $colour)) }}{{ fail (printf "ingress.targetGroups lacks %s: nobody would reach that colour; name the ARN of its target group." $colour) }}{{ end }}{{ end -}}
{{- if lt (int $v.proxies) 1 }}{{ fail "proxies is 0 behind a load balancer: it is one, and whoever asks would seem to come from it." }}{{ end -}}
{{- end -}}
{{- if and $v.canary.prometheusUrl (not $v.monitoring.enabled) }}{{ fail "canary.prometheusUrl is set and monitoring.enabled is false: Prometheus would know nothing of the new colour." }}{{ end -}}
{{- if and $v.scaling.tickets.foreseen.prometheusUrl (not $v.monitoring.enabled) }}{{ fail "scaling.tickets.foreseen.prometheusUrl is set and monitoring.enabled is false: Prometheus would know nothing of the days before." }}{{ end -}}
{{- if and $v.monitoring.dashboards.enabled (not $v.monitoring.enabled) }}{{ fail "monitoring.dashboards.enabled is set and monitoring.enabled is false: Prometheus would know nothing to show on them." }}{{ end -}}
{{- end }}

{{- define "studio.refuse.colours" -}}
{{- $sum := 0 -}}
{{- range $colour, $one := .Values.colours -}}
{{- if and (not $one.tag) (gt (int $one.weight) 0) (ne $colour "blue") }}{{ fail (printf "colours.%s has weight %v and no tag: name the version, or set its weight to 0." $colour $one.weight) }}{{ end -}}
{{- if $one.tag }}{{ $sum = add $sum (int $one.weight) }}{{ end -}}
{{- end -}}
{{- if not (or .Values.colours.blue.tag .Values.colours.green.tag) }}{{ fail "No colour has a tag: name the version to run in colours.blue.tag." }}{{ end -}}
{{- if ne (int $sum) 100 }}{{ fail (printf "Weights of the colours that have a tag sum to %d: they are shares of requests, in percent, and sum to 100." (int $sum)) }}{{ end -}}
{{- if and .Values.colours.green.tag .Values.colours.blue.tag (eq (int .Values.colours.blue.weight) 50) }}{{ fail "Both colours have weight 50: one must lead, since new films begin on its workers; say 49 and 51." }}{{ end -}}
{{- if not (index .Values.colours .Values.newest).tag }}{{ fail (printf "newest is %s, which has no tag: name the colour whose code is newer." .Values.newest) }}{{ end -}}
{{- range $build := append (include "studio.builds" . | fromJsonArray) .Values.gpu.tag }}{{ if eq $build "latest" }}{{ fail "A tag is latest, which is another version tomorrow: name the version, such as 1.4.0." }}{{ end }}{{ end -}}
{{- $slugs := list -}}
{{- range $build := include "studio.builds" . | fromJsonArray }}{{ $slugs = append $slugs (include "studio.slug" $build) }}{{ end -}}
{{- if ne (len $slugs) (len (uniq $slugs)) }}{{ fail (printf "Two of the builds %s would bear one name: they differ in the first 24 letters, and not by case, dots and dashes alone." (join ", " (include "studio.builds" . | fromJsonArray))) }}{{ end -}}
{{- range $build := .Values.cpu.draining -}}
{{- if or (eq $build $.Values.colours.blue.tag) (eq $build $.Values.colours.green.tag) }}{{ fail (printf "cpu.draining has %s, which is a colour's: a build is drained when no colour has it any more." $build) }}{{ end -}}
{{- end -}}
{{- end }}

{{- define "studio.refuse.temporal" -}}
{{- if and (hasPrefix "http://" (get .Values.settings "STUDIO_TRACES")) (not .Values.network.tracesNamespace) }}{{ fail "settings has STUDIO_TRACES by http and network.tracesNamespace is empty: nobody would reach the collector; name the namespace that it runs in." }}{{ end -}}
{{- if not (regexMatch "^[^:/ ]+:[0-9]+$" .Values.temporal.address) }}{{ fail (printf "temporal.address is %q: say HOST:PORT of Temporal's frontend." .Values.temporal.address) }}{{ end -}}
{{- end }}

{{- define "studio.refuse.range" -}}
{{- if gt (int .of.min) (int .of.max) }}{{ fail (printf "%s.min is %d and %s.max %d: the least may not be more than the most." .what (int .of.min) .what (int .of.max)) }}{{ end -}}
{{- end }}

{{- define "studio.refuse.grace" -}}
{{- if lt (int .of.graceSeconds) (add (int .of.drainSeconds) 15) }}{{ fail (printf "%s.graceSeconds is %d and %s.drainSeconds %d: Kubernetes would kill a worker that is still giving back what it has in hand; leave 15 seconds more." .what (int .of.graceSeconds) .what (int .of.drainSeconds)) }}{{ end -}}
{{- end }}

{{- define "studio.refuse.gpu" -}}
{{- $counting := list -}}{{- $families := list -}}
{{- range $name, $fleet := .Values.gpu.fleets -}}
{{- if not $fleet.family }}{{ fail (printf "gpu.fleets.%s has no family: say sdxl, which paints keyframes, or ltx, which makes clips; the queue it works on follows from it." $name) }}{{ end -}}
{{- if not $fleet.model }}{{ fail (printf "gpu.fleets.%s has no model: name a folder of gpu.models.claim, see studio models list." $name) }}{{ end -}}
{{- if not $fleet.instanceTypes }}{{ fail (printf "gpu.fleets.%s has no instanceTypes: name machines with a GPU, such as g5.xlarge." $name) }}{{ end -}}
{{- include "studio.refuse.range" (dict "what" (printf "gpu.fleets.%s" $name) "of" $fleet) -}}
{{- if has $fleet.family $families }}{{ fail (printf "Two fleets of gpu.fleets serve %s: one model a family is what the API and the films know." $fleet.family) }}{{ end -}}
{{- $families = append $families $fleet.family -}}
{{- if $fleet.countsTickets }}{{ $counting = append $counting $name }}{{ end -}}
{{- end -}}
{{- if .Values.gpu.fleets -}}
{{- if not .Values.gpu.tag }}{{ fail "gpu.tag is empty: name the version of the GPU workers, or no gpu.fleets." }}{{ end -}}
{{- if not .Values.gpu.models.claim }}{{ fail "gpu.models.claim is empty: name the PersistentVolumeClaim that holds the models." }}{{ end -}}
{{- include "studio.refuse.grace" (dict "what" "gpu" "of" .Values.gpu) -}}
{{- end -}}
{{- if $counting -}}
{{- if not .Values.queue.url }}{{ fail "queue.url is empty: name the queue of GPU demand, https://sqs.REGION.amazonaws.com/ACCOUNT/ai-film-studio-jobs-ENV, or let no fleet count tickets." }}{{ end -}}
{{- if not (hasSuffix (printf "/ai-film-studio-jobs-%s" .Values.env) .Values.queue.url) }}{{ fail (printf "queue.url is %s: workers of the installation %s use ai-film-studio-jobs-%s, and no other." .Values.queue.url .Values.env .Values.env) }}{{ end -}}
{{- end -}}
{{- end }}

{{- define "studio.refuse.secrets" -}}
{{- $needed := dict "api" (list "STUDIO_DATABASE_URL" "STUDIO_AUTH_SECRET") "relay" (list "STUDIO_DATABASE_URL" "STUDIO_AUTH_SECRET") "cpu" (list "STUDIO_DATABASE_URL") -}}
{{- if .Values.gpu.fleets }}{{ $_ := set $needed "gpu" (list "STUDIO_DATABASE_URL") }}{{ end -}}
{{- if .Values.migration.enabled }}{{ $_ := set $needed "migration" (list "STUDIO_DATABASE_URL") }}{{ end -}}
{{- if .Values.monitoring.enabled }}{{ $_ := set $needed "api" (append (get $needed "api") "STUDIO_METRICS_TOKEN") }}{{ end -}}
{{- range $component, $names := $needed -}}
{{- range $name := $names -}}
{{- if not (get (index $.Values.secrets $component) $name) }}{{ fail (printf "secrets.%s lacks %s: say which key of which Secret it comes from, {name: …, key: …}." $component $name) }}{{ end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{- define "studio.refuse.pooler" -}}
{{- $p := .Values.pooler -}}{{- $url := get .Values.secrets.api "STUDIO_DATABASE_POOLER_URL" -}}
{{- if $p.enabled -}}
{{- if not $p.image }}{{ fail "pooler.image is empty: name an image that has PgBouncer, as IMAGE:VERSION, or set pooler.enabled to false." }}{{ end -}}
{{- if hasSuffix ":latest" $p.image }}{{ fail "pooler.image is latest, which is another version tomorrow: name the version." }}{{ end -}}
{{- if not $p.database.host }}{{ fail "pooler.database.host is empty: name the machine of the database, which PgBouncer stands before." }}{{ end -}}
{{- if not $p.users.name }}{{ fail "pooler.users.name is empty: name the Secret that holds PgBouncer's list of users." }}{{ end -}}
{{- if not $url }}{{ fail "pooler.enabled is set and secrets.api lacks STUDIO_DATABASE_POOLER_URL: nobody would go by way of it; say which key of which Secret it comes from, {name: …, key: …}." }}{{ end -}}
{{- if .Values.network.poolerNamespace }}{{ fail "pooler.enabled is set, and network.poolerNamespace names another PgBouncer: set one of them." }}{{ end -}}
{{- else if and $url (not .Values.network.poolerNamespace) }}{{ fail "secrets.api has STUDIO_DATABASE_POOLER_URL, pooler.enabled is false and network.poolerNamespace is empty: the API would not reach it; enable the pooler, or name the namespace that PgBouncer runs in." }}{{ end -}}
{{- end }}
