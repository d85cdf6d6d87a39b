package io.deltasync.fault;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * What makes the Link of a campaign harder to run, from its first run to its last. Each
 * campaign draws some of them.
 */
enum Circumstance {

	/** The source's sessions return some rows only, and end statements early. */
	ROWS_ARE_LIMITED,

	/** The delta column stores local time, in a zone that is not UTC. */
	ZONE_IS_ANOTHER("source.zone=" + Circumstance.ZONE),

	/**
	 * The key is a text that changes between upper and lower case at the source, where
	 * the target sees no difference.
	 */
	KEYS_CHANGE_CASE("source.key=CODE", "target.key=CODE"),

	/** What the source does not have any more is deleted. */
	ROWS_ARE_DELETED("deletes=hard");

	static final String ZONE = "+05:30";

	private static final List<String> KEY = List.of("source.key=ID", "target.key=ID");

	private final List<String> settings;

	Circumstance(String... settings) {
		this.settings = List.of(settings);
	}

	static Set<Circumstance> draw(Random random) {
		Set<Circumstance> drawn = EnumSet.allOf(Circumstance.class);
		drawn.removeIf((circumstance) -> random.nextBoolean());
		return drawn;
	}

	/** The settings of a Link that meets them. */
	static List<String> settings(Set<Circumstance> circumstances) {
		List<String> settings = new ArrayList<>(circumstances.contains(KEYS_CHANGE_CASE) ? List.of() : KEY);
		circumstances.forEach((circumstance) -> settings.addAll(circumstance.settings));
		return settings;
	}

}
