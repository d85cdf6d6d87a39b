package io.deltasync.codec;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The forms of lists, sets and maps.
 */
final class Containers {

	static final Form LIST = new ListForm();

	static final Form SET = new SetForm();

	static final Form MAP = new MapForm();

	private Containers() {
	}

	static @Nullable Form of(Class<?> type) {
		if (List.class.isAssignableFrom(type)) {
			return LIST;
		}
		if (Set.class.isAssignableFrom(type)) {
			return SET;
		}
		return Map.class.isAssignableFrom(type) ? MAP : null;
	}

	static @Nullable Form tagged(String tag) {
		return Stream.of(LIST, SET, MAP).filter((form) -> tag.equals(form.tag())).findFirst().orElse(null);
	}

}
