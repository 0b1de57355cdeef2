-- Prints what wrk measured as one line of JSON.
done = function(summary, latency)
  local errors = summary.errors.status + summary.errors.connect + summary.errors.read
    + summary.errors.write + summary.errors.timeout
  io.write(string.format('{"rps": %.1f, "median_ms": %.3f, "p95_ms": %.3f, "errors": %d}\n',
    summary.requests / summary.duration * 1e6, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, errors))
end
