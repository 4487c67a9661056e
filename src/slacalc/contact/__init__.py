"""How does a customer reach us? The page of a policy, as HTML, Markdown, text, JSON, linked data and feeds.

Read in this order: `page` (what is asked, and every form), `sections` (what stands on it), `answer_words` (a target in
words); then `blocks` and how they are written, `html` and `markdown`; `linked_data` for search engines; and `widget`.
"""
