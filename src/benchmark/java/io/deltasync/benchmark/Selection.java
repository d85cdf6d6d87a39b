package io.deltasync.benchmark;

import java.util.List;

/**
 * What is to be measured.
 *
 * @param parts what names of programs or groups of programs may contain, or whole names
 * after an equals sign
 */
record Selection(List<String> parts) {

	/**
	 * Reads a list that is separated by commas; an empty one selects everything. A comma
	 * with a blank behind it belongs to a name.
	 */
	static Selection of(String list) {
		return new Selection(List.of(list.split(",(?! )")));
	}

	boolean includes(String name) {
		return this.parts.stream()
			.anyMatch((part) -> part.startsWith("=") ? name.equals(part.substring(1)) : name.contains(part));
	}

}
