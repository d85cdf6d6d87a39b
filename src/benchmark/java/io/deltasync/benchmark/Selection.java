package io.deltasync.benchmark;

import java.util.List;

/**
 * What is to be measured.
 *
 * @param parts what names of programs or groups of programs may contain
 */
record Selection(List<String> parts) {

	/** Reads a list that is separated by commas; an empty one selects everything. */
	static Selection of(String list) {
		return new Selection(List.of(list.split(",")));
	}

	boolean includes(String name) {
		return this.parts.stream().anyMatch(name::contains);
	}

}
