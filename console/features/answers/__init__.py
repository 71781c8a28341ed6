"""Page «Ответы и сроки» (answers and deadlines): registered messages, their answers and
decisions.
"""
