{{/*
How many GPU workers this hour of the day is expected to want: (dict "root" $ "family" "sdxl"). Of the workers that were
at work on the seven days before, in the three hours whose middle was now and ten minutes, when a machine that is ordered
now would be there: a share, and roots of them to spare. Every API process tells the same of the queues, so that the
largest counts. benchmarks/fleet/foreseen.py computes the same of simulated days.
*/}}

{{- define "studio.foreseen" -}}
{{- $f := .root.Values.scaling.tickets.foreseen -}}
{{- $queue := ternary "jobs" "clips" (eq .family "sdxl") -}}
{{- $days := list -}}
{{- range $day := until 7 -}}
{{- $minutes := sub (mul 1440 (add1 $day)) 100 -}}
{{- $days = append $days (printf `label_replace(max(avg_over_time(studio_queue_messages{namespace="%s",queue="%s",state="in_hand"}[3h] offset %dm)), "day", "%d", "", "")` $.root.Release.Namespace $queue $minutes (add1 $day)) -}}
{{- end -}}
{{- $busy := printf "avg(%s)" (join " or " $days) -}}
{{- printf "%v * %s + %v * sqrt(%s)" $f.share $busy $f.root $busy -}}
{{- end }}
