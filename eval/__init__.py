"""Questions and judgements to figures, reports and a gate."""
