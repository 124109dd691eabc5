"""A scenario that says everything the format can say."""

FULL = """\
title: "All of it"
description: |
  Two lines
  of words.
duration: 20s
tick: 50ms
seed: 1e3
path: parallel
traffic:
  arrivals: poisson
  rate: 10/s
  lifetime: 20s
  lifetimes: fixed
  transactions: 0.2/s
  initial_sessions: 7
  response: 5ms
clients:
  retry: {first: 2s, factor: 3, tries: 4}
  stall: 200ms
  timeout: 30s
  stay_on_old: 60%
feeds:
  esb: {ups: 5min, generator: {start: 10s, probability: 0.9}, manual: 73min}
  north-feed: {title: From the north}
sites:
  dublin: {title: Dublin, feed: esb}
  cork: {feed: north-feed}
tiers:
  load_balancer:
    link: {latency: 1ms, jitter: 2ms, loss: 1/1000, bandwidth: 1Mbit/s}
    heartbeat:
      {interval: 200ms, misses: 6, phase: 10ms, poll: 50ms, vrrp: 3, priority: {primary: 200},
       link: {kind: serial, latency: 2ms, degraded: {loss: 50%}}}
    sync:
      {policy: streaming, interval: 1s, phase: 0.5s, change_size: 44B, transfer: 3ms, apply: 1ms,
       pickup_delay: 30s, never: 20%, transport: datagram, refresh: 15s}
    guard: {kind: lease, lease: 4s, renewal: 1s}
    address: {convergence: 3s, announcements: {count: 5, spacing: 8s, loss: 100%, cache: [23s, 53s]}}
    takeover: 135s
    election: priority
    preempt: true
    preempt_delay: 60s
    demotion: 10s
    boot: 1min
    sites: {primary: dublin, secondary: cork}
  web-farm:
    title: Web
    icon: application
    heartbeat: {skew: {secondary: 609ms}}
    sync: {policy: snapshot, prepare: 2s, resend: 1s, link: {latency: 50us}}
    guard: {kind: fencing, fence: 2s, success: 3/4}
    sites: {secondary: dublin}
  database:
    sync: {policy: semi-sync, timeout: 2s}
events:
  - {at: 15s, set: tiers.web-farm.sync.link.latency, value: 1ms}
  - {at: 12s, set: traffic.rate, value: 20/s}
  - {at: 11s, fault: cut, target: web-farm.sync}
  - {at: 11s, fault: host, target: load_balancer.secondary}
  - {at: 12s, fault: site, target: site.cork}
  - {at: 13s, fault: utility, target: feed.north-feed}
  - {at: 20s, set: tiers.load_balancer.heartbeat.misses, value: 9}
story:
  compare: paths
  chapters:
    - title: All is well
      beats:
        - {at: 0, say: "{open|session|sessions} of {{all}}.", speed: 2x, focus: stage}
        - {at: 500ms, highlight: clients, hold: 0s}
    - title: The strike
      beats:
        - at: first cut of web-farm.sync - 500ms
          say: "{exposed of load_balancer at start} of {held of web-farm.secondary}, {hold time of database}."
          speed: 0.2
          hold: 3s
          focus: web-farm.sync
          zoom: 1.8
          highlight: [site.dublin, feed.esb]
          labels: {load_balancer.primary: "{lost} gone", database: Here}
          ask:
            question: "Of {open} how many?"
            answer: survivors
            until: last takeover of load_balancer before end
            most: open when struck at next takeover
            of: open then
            because: "{lost} were new."
            thinking: 6s
            counted: true
            choices:
              - {value: right, belief: some}
              - {value: open, belief: all, reply: "Not {open}."}
              - {value: 0, belief: none}
              - {value: lost of database, belief: others}
        - {at: end, ask: survivors}
"""
