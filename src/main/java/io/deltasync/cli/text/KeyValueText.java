package io.deltasync.cli.text;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A heading followed by lines of names and values.
 */
public final class KeyValueText {

	private final List<String> lines = new ArrayList<>();

	public KeyValueText(String heading) {
		this.lines.add(Printable.line(heading));
	}

	/** Adds a line unless the value is null. */
	public KeyValueText add(String name, @Nullable String value) {
		if (value != null) {
			this.lines.add("  %-9s %s".formatted(name, Printable.line(value)));
		}
		return this;
	}

	/** Adds a line per value; only the first has the name. */
	public KeyValueText addAll(String name, List<String> values) {
		for (int i = 0; i < values.size(); i++) {
			add((i == 0) ? name : "", values.get(i));
		}
		return this;
	}

	@Override
	public String toString() {
		return String.join(System.lineSeparator(), this.lines);
	}

}
