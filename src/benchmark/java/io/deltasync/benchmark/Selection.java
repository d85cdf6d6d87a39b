package io.deltasync.benchmark;

import java.util.List;

/**
 * What is to be measured.
 *
 * @param beginnings how the names of programs or groups of programs may begin
 */
record Selection(List<String> beginnings) {

	/** Reads a list that is separated by commas; an empty one selects everything. */
	static Selection of(String list) {
		return new Selection(List.of(list.split(",")));
	}

	boolean includes(String name) {
		return this.beginnings.stream().anyMatch(name::startsWith);
	}

}
