package io.deltasync.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The Links that histories run, which differ in how they read and in their settings.
 */
enum LinkKind {

	/** By time, which is in UTC. */
	ROWS(Reading.TIME, "source.adapter=simulatedRows", "source.overlap=1m", "lanes=1"),

	/** By local time, in nights in which clocks are changed. */
	BERLIN(Reading.TIME, "source.adapter=simulatedRows", "source.overlap=1m", "source.zone=Europe/Berlin", "lanes=2"),

	/** By time, of writers whose transactions take none. */
	TIGHT(Reading.TIME, "source.adapter=simulatedRows", "source.overlap=0s", "lanes=1", "skip-unchanged=true"),

	/** By a growing number. */
	NUMBERS(Reading.NUMBER, "source.adapter=simulatedRows", "source.overlap-numbers=5", "lanes=1", "deletes=hard",
			"max-delete-share=100"),

	/** By the query of LOCATOR. */
	LOCATOR(Reading.NUMBER, "source.adapter=simulatedQuery", "local-connection=shop", "lanes=1"),

	/** By cursor, with any strategy. */
	PAGES(Reading.CURSOR, "source.adapter=simulatedPages", "lanes=1", "deletes=hard", "max-delete-share=100"),

	/** By cursor, with any strategy, side by side. */
	LANES(Reading.CURSOR, "source.adapter=simulatedPages", "lanes=3", "skip-unchanged=true", "quarantine-after=3"),

	/** By the time of the last success. */
	SYNC(Reading.SYNC, "source.adapter=simulatedPages", "lanes=1"),

	/** By the time of the last success; a crashed run is brought to its end first. */
	SERIAL(Reading.SYNC, "source.adapter=simulatedPages", "parallel=false", "resume-crashed=true"),

	/** Its keys change their spelling, and the target takes all spellings for one row. */
	SPELLED(Reading.CURSOR, "source.adapter=simulatedPages", "lanes=1", "deletes=hard", "max-delete-share=100",
			"skip-unchanged=true"),

	/** Its target is replaced by an empty one now and then. */
	MOVED(Reading.CURSOR, "source.adapter=simulatedPages", "lanes=1", "skip-unchanged=true"),

	/**
	 * By time, through a driver that limits the rows of a statement unless told
	 * otherwise.
	 */
	LIMITED(Reading.TIME, "source.adapter=simulatedRows", "source.overlap=1m", "lanes=1"),

	/** A process may fall asleep before it writes, until another has run the Link. */
	SLEEPING(Reading.CURSOR, "source.adapter=simulatedPages", "lanes=1", "deletes=hard", "max-delete-share=100",
			"skip-unchanged=true"),

	/** Through an HTTP API with numbered pages, which are compared with their total. */
	NUMBERED(Reading.API, ApiOptions.numbered()),

	/** Through an HTTP API whose tokens are numbers of records, with their total. */
	OFFSETS(Reading.API, ApiOptions.offsets()),

	/** Through an HTTP API whose tokens name the last record. */
	TOKENS(Reading.API, ApiOptions.tokens()),

	/** Through an HTTP API that lists keys, and gives one record after the other. */
	LISTED(Reading.API, ApiOptions.listed()),

	/** Through an HTTP API that generates exports. */
	EXPORTED(Reading.API, ApiOptions.exported()),

	/** Through an HTTP API that has one answer, and does not know what has changed. */
	FILTERED(Reading.API, ApiOptions.filtered());

	/**
	 * One history in so many has one of the kinds that came later, and another one reads
	 * HTTP APIs.
	 */
	static final int LATER = 10;

	/** The first history that reads HTTP APIs. */
	static final int FIRST_API = 5;

	/** How a source tells what has changed. */
	enum Reading {

		/** The built-in adapter, by the time that rows bear. */
		TIME,

		/** By a number that rows bear, given before they are committed. */
		NUMBER,

		/** By the place in the log of commits. */
		CURSOR,

		/** By the time of commits, by DeltaSync's clock. */
		SYNC,

		/** The adapter of HTTP APIs, by the time that records bear. */
		API

	}

	/** How many numbers later a transaction may commit. */
	static final int OVERLAP_NUMBERS = 5;

	private final Reading reading;

	private final List<String> settings;

	LinkKind(Reading reading, String... settings) {
		this.reading = reading;
		this.settings = List.of(settings);
	}

	/** Those that a history may have. */
	static List<LinkKind> of(long seed) {
		List<LinkKind> all = List.of(values());
		int later = all.indexOf(SPELLED);
		int apis = all.indexOf(NUMBERED);
		if (seed % LATER == FIRST_API) {
			return all.subList(apis, all.size());
		}
		return (seed % LATER == 0) ? all.subList(later, apis) : all.subList(0, later);
	}

	String link() {
		return name().toLowerCase(java.util.Locale.ROOT);
	}

	Reading reading() {
		return this.reading;
	}

	/** Whether its rows are in a database. */
	boolean hasTable() {
		return this.reading == Reading.TIME || this.reading == Reading.NUMBER;
	}

	/**
	 * Whether a run may read a row that changes meanwhile in two ranges, and deliver the
	 * older version last: the next run reads it again.
	 */
	boolean readsSideBySide() {
		return this == BERLIN;
	}

	boolean deletes() {
		return this.settings.contains("deletes=hard");
	}

	/** How long after it stamps a row a transaction may commit. */
	Duration overlap() {
		return switch (this) {
			case TIGHT -> Duration.ZERO;
			case ROWS, BERLIN, LIMITED, NUMBERED, OFFSETS, TOKENS, LISTED, EXPORTED, FILTERED -> Duration.ofMinutes(1);
			default -> Duration.ofDays(1);
		};
	}

	/** How far behind the source's clock a run ends. */
	Duration settle() {
		return ApiOptions.settle(this.settings);
	}

	List<String> properties() {
		String prefix = "deltasync.links." + link() + ".";
		List<String> properties = new ArrayList<>();
		this.settings.forEach((setting) -> properties.add(prefix + setting));
		properties
			.add(prefix + ((this.reading == Reading.API) ? "source.connection=" + link() : "source.table=" + name()));
		properties.add(prefix + "target.adapter=" + ((this == SPELLED) ? "simulatedKeyTarget" : "simulatedTarget"));
		properties.add(prefix + "target.table=" + name());
		properties.add(prefix + "batch-size-limit=3");
		properties.add(prefix + "retry.delay=1ms");
		properties.add(prefix + "retry.attempts=2");
		if (this.reading == Reading.TIME) {
			properties.add(prefix + "source.connection=shop");
			properties.add(prefix + "source.delta-column=CHANGED");
		}
		if (this == NUMBERS) {
			properties.add(prefix + "source.connection=shop");
			properties.add(prefix + "source.delta-column=SEQ");
		}
		return properties;
	}

}
