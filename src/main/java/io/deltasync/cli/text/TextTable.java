package io.deltasync.cli.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.deltasync.event.Formats;

/**
 * Formats rows in aligned columns. A column whose heading begins with {@code >} is
 * aligned to the right, for numbers.
 */
public final class TextTable {

	private final List<String[]> rows = new ArrayList<>();

	private final boolean[] rightAligned;

	public TextTable(String... headings) {
		this.rightAligned = new boolean[headings.length];
		String[] shown = headings.clone();
		for (int i = 0; i < headings.length; i++) {
			this.rightAligned[i] = headings[i].startsWith(">");
			shown[i] = this.rightAligned[i] ? headings[i].substring(1) : headings[i];
		}
		this.rows.add(shown);
	}

	public void row(String... cells) {
		this.rows.add(Arrays.stream(cells).map(Printable::line).toArray(String[]::new));
	}

	@Override
	public String toString() {
		int[] widths = new int[this.rightAligned.length];
		for (String[] row : this.rows) {
			for (int i = 0; i < row.length; i++) {
				widths[i] = Math.max(widths[i], row[i].length());
			}
		}
		List<String> lines = new ArrayList<>();
		for (String[] row : this.rows) {
			StringBuilder line = new StringBuilder();
			for (int i = 0; i < row.length; i++) {
				String padding = " ".repeat(widths[i] - row[i].length());
				line.append(this.rightAligned[i] ? padding + row[i] : row[i] + padding).append("  ");
			}
			lines.add(line.toString().stripTrailing());
		}
		return String.join(System.lineSeparator(), lines);
	}

}
