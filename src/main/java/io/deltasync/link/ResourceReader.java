package io.deltasync.link;

import java.util.List;

import io.deltasync.api.Adapter;
import io.deltasync.api.ConfigurableAdapter;
import io.deltasync.config.Section;
import org.jspecify.annotations.Nullable;

/**
 * Reads what one end of a Link reads or writes: its table, its path, or whatever the
 * adapter calls it.
 */
final class ResourceReader {

	/** The words of DeltaSync's own adapters, which people mistake for each other. */
	private static final List<String> WORDS = List.of("table", "path");

	private final Section section;

	private @Nullable String option;

	private @Nullable String name;

	ResourceReader(Section section) {
		this.section = section;
	}

	/**
	 * Reads the option, after the adapter's options were bound.
	 * @param adapter an instance of the adapter
	 */
	void read(Adapter adapter) {
		this.option = adapter.resourceOption();
		if (this.option == null) {
			return;
		}
		if (!isMistaken(this.option)) {
			this.name = isComponent(adapter, this.option) ? this.section.peek(this.option)
					: this.section.text(this.option, "give the %s to read from or write to".formatted(this.option));
		}
	}

	/** Whether the adapter's own options say whether the option is required. */
	private boolean isComponent(Adapter adapter, String option) {
		return adapter instanceof ConfigurableAdapter<?> configurable && configurable.optionsType().isRecord()
				&& this.section.knows(option);
	}

	/** Reports the word of another adapter in place of the right one. */
	private boolean isMistaken(String option) {
		if (this.section.peek(option) != null) {
			return false;
		}
		for (String word : WORDS) {
			if (!this.section.knows(word) && this.section.peek(word) != null) {
				this.section.refuse(word, "is not an option of the adapter '%s'; write %s instead"
					.formatted(this.section.peek("adapter"), option));
				return true;
			}
		}
		return false;
	}

	/** Returns the option; null if the adapter has none. */
	@Nullable String option() {
		return this.option;
	}

	/** Returns the configured name, or another one if none is configured. */
	String orElse(String other) {
		return (this.name != null && !this.name.isBlank()) ? this.name : other;
	}

}
