package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that copies the source table to the target table.
 */
interface Contender {

	/** How much memory each gets: the product must not need more. */
	String HEAP = "-Xmx256m";

	String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

	/** Its name in the report; any part of it selects it. */
	String name();

	/**
	 * Makes the working directory ready; nothing is left there of earlier rounds.
	 * @throws IOException when the program cannot be run
	 */
	default void prepare(Path directory) throws IOException, InterruptedException {
	}

	/** The command that copies all rows. */
	List<String> fullLoad();

	/**
	 * The command that copies what changed since the full load in the same directory.
	 * @param since the source's clock before the full load
	 * @return empty when the program cannot do that
	 */
	List<String> delta(String since);

	Copied copied(String output);

}
