{{/* What all pods have in common. Namespaces may enforce Pod Security's `restricted`. */}}

{{- define "studio.pod.security" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "studio.container.security" -}}
allowPrivilegeEscalation: false
privileged: false
readOnlyRootFilesystem: true
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
capabilities: {drop: [ALL]}
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{/* Credentials of AWS come by a token of their own, which EKS mounts; nothing else of Kubernetes is asked. */}}
{{- define "studio.pod.common" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.image.pullSecrets }}
imagePullSecrets: {{ toJson . }}
{{- end }}
securityContext: {{- include "studio.pod.security" . | nindent 2 }}
{{- end }}

{{/* Spread over zones and machines: (dict "root" $ "component" … "track" …). */}}
{{- define "studio.pod.spread" -}}
topologySpreadConstraints:
{{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- include "studio.selector" $ | nindent 8 }}
{{- end }}
{{- end }}

{{/* Variables of a component: (dict "root" $ "component" "api" "extra" dict). All from the ConfigMap, then its own, then secrets. */}}
{{- define "studio.env" -}}
envFrom:
  - configMapRef: {name: {{ include "studio.name" .root }}-settings}
env:
{{- range $name, $value := .extra }}
  - {name: {{ $name }}, value: {{ $value | toString | quote }}}
{{- end }}
{{- range $name, $from := index .root.Values.secrets .component }}
{{- with $from }}
  - name: {{ $name }}
    valueFrom: {secretKeyRef: {name: {{ .name }}, key: {{ .key }}}}
{{- end }}
{{- end }}
{{- end }}

{{/* Our workers and the relay say at this port how they are. */}}
{{- define "studio.worker.probes" -}}
ports: [{name: health, containerPort: 8001}]
startupProbe: {httpGet: {path: /healthz, port: health}, periodSeconds: 5, failureThreshold: {{ .startup }}}
readinessProbe: {httpGet: {path: /readyz, port: health}, periodSeconds: 10, timeoutSeconds: 3}
livenessProbe: {httpGet: {path: /healthz, port: health}, periodSeconds: 15, timeoutSeconds: 5, failureThreshold: 6}
{{- end }}

{{/* At most one of them is taken away at a time, by whoever empties machines. */}}
{{- define "studio.pdb" -}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ .name }}
  labels: {{- include "studio.labels" .root | nindent 4 }}
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels: {{- include "studio.selector" . | nindent 6 }}
{{- end }}
