{{/* What things are called, and which colour leads. */}}

{{- define "studio.name" -}}
{{- .Release.Name | trunc 30 | trimSuffix "-" -}}
{{- end }}

{{/* A build's name as a part of a Kubernetes name: 1.4.0 becomes 1-4-0. */}}
{{- define "studio.slug" -}}
{{- . | lower | replace "." "-" | replace "_" "-" | replace "+" "-" | trunc 24 | trimSuffix "-" -}}
{{- end }}

{{/* Labels of everything. */}}
{{- define "studio.labels" -}}
app.kubernetes.io/name: ai-film-studio
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{/* By which pods of a component are found: (dict "root" $ "component" "api" "track" "blue"). */}}
{{- define "studio.selector" -}}
app.kubernetes.io/name: ai-film-studio
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- with .track }}
ai-film-studio/track: {{ . | quote }}
{{- end }}
{{- end }}

{{/* The colour that leads: the one that is there with more of the weight. */}}
{{- define "studio.leader" -}}
{{- $blue := .Values.colours.blue -}}{{- $green := .Values.colours.green -}}
{{- if and $green.tag (or (not $blue.tag) (gt (int $green.weight) (int $blue.weight))) -}}green{{- else -}}blue{{- end -}}
{{- end }}

{{/* The colour that follows; empty where there is one colour alone. */}}
{{- define "studio.follower" -}}
{{- $other := ternary "green" "blue" (eq (include "studio.leader" .) "blue") -}}
{{- if (index .Values.colours $other).tag -}}{{ $other }}{{- end -}}
{{- end }}

{{/* All builds that CPU workers run, as a JSON list, each once: of the colours, then those that are drained. */}}
{{- define "studio.builds" -}}
{{- $builds := list -}}
{{- range list .Values.colours.blue.tag .Values.colours.green.tag -}}
{{- if . -}}{{- $builds = append $builds . -}}{{- end -}}
{{- end -}}
{{- concat $builds .Values.cpu.draining | uniq | toJson -}}
{{- end }}

{{- define "studio.image" -}}
{{- printf "%s/%s:%s" .root.Values.image.registry .image .tag | quote -}}
{{- end }}

{{- define "studio.host" -}}
{{- (urlParse .Values.publicUrl).host -}}
{{- end }}
