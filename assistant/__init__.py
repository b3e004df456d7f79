"""A question, and the conversation before it, to a cited answer.

`assistant` is the way of a question, `finding` what the articles hold on one, `answer` the types of
what comes out. Below them, each knowing only those before it: `english` (words, figures, phrases),
`layout` (lists, sections, rows), `asking` (what is asked), `dialogue` (what stands alone), `ranking`
(evidence and verdict), `composing` (what is said), `checking` (whether it is borne out). `models`
holds the writers.
"""
