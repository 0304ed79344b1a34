"""Registers and money in an Excel workbook, and back: a workbook made from a commit, edited by people, merged three ways.

`layout` says which lines and columns a workbook has, `shown` what a cell shows, `meant` what is meant by what stands in it,
`book` writes, `guard` and `reading` read what may be hostile, `merge` compares base, file and present state, `apply` changes
the lines of the files. openpyxl is imported where a workbook is read or written, and nowhere else.
"""
