# Makes farrington.csv: what R's surveillance says of three series, for tests/watch/test_farrington.py (which needs no R).
# Run: Rscript farrington.R   (Debian: r-cran-surveillance)
suppressPackageStartupMessages(library(surveillance))
set.seed(2006)
n <- 330
week <- 1:n
shape <- function(base, season, trend, k) {
  mu <- base * exp(season * sin(2 * pi * week / 52) + trend * week / n)
  rnbinom(n, size = k, mu = mu)
}
counts <- cbind(quiet = shape(1.5, 0.3, 0, 2), seasonal = shape(8, 0.8, 0.4, 5), busy = shape(40, 0.4, -0.5, 10))
counts[250:255, "seasonal"] <- counts[250:255, "seasonal"] * 4   # an outbreak in the baseline, to be weighed down
counts[320, ] <- counts[320, ] * 3
range <- 290:n
rows <- list()
for (unit in colnames(counts)) {
  for (b in c(3, 4)) {
    s <- sts(observed = matrix(counts[, unit], ncol = 1), frequency = 52, start = c(2000, 1), epoch = week)
    out <- farringtonFlexible(s, control = list(
      range = range, b = b, w = 3, reweight = TRUE, weightsThreshold = 2.58, pastWeeksNotIncluded = 26, noPeriods = 10,
      pThresholdTrend = 1, trend = TRUE, thresholdMethod = "nbPlugin", alpha = 0.01, limit54 = c(0, 4), glmWarnings = FALSE))
    rows[[length(rows) + 1]] <- data.frame(unit = unit, b = b, week = range, observed = counts[range, unit],
      expected = as.numeric(out@control$expected), upper = as.numeric(out@upperbound), p = as.numeric(out@control$pvalue),
      trend = as.integer(!is.na(as.numeric(out@control$trend)) & as.numeric(out@control$trend) != 0))
  }
}
write.csv(do.call(rbind, rows), "farrington.csv", row.names = FALSE, quote = FALSE)
write.csv(data.frame(week = week, counts), "farrington_counts.csv", row.names = FALSE, quote = FALSE)
cat(R.version.string, as.character(packageVersion("surveillance")), "\n")
