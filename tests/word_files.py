"""Word files for tests: made of a few paragraphs, and read back."""

import io

import docx


def word_file(*paragraphs):
    """A Word file with one paragraph for each of `paragraphs`."""
    document, data = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(data)
    return data.getvalue()


def lines_of_file(data):
    """Every line of a document, those of its tables included, in their order."""
    document = docx.Document(io.BytesIO(data))
    lines = []
    for block in document.iter_inner_content():
        if isinstance(block, docx.table.Table):
            lines += [line for row in block.rows for cell in row.cells for line in cell.text.split("\n")]
        else:
            lines.append(block.text)
    return lines
