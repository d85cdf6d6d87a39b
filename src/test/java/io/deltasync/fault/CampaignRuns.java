package io.deltasync.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Link of a campaign, run by DeltaSync's command line in a process of its own each
 * time, one after the other.
 */
final class CampaignRuns {

	/** What the arguments for the Link's settings begin with. */
	static final String LINK = "--deltasync.links.people.";

	/** What a run ends with. */
	static final int SUCCESS = 0;

	static final int USAGE = 2;

	static final int NOT_SUCCESSFUL = 3;

	static final int CONFIGURATION = 4;

	static final int BUSY = 6;

	private static final JsonMapper JSON = new JsonMapper();

	private final Path directory;

	private final Supplier<List<String>> settings;

	private final SharedClasses classes;

	private int started;

	/**
	 * Gets ready.
	 * @param settings the arguments by which a run reaches its databases, and the
	 * settings of the Link that differ between campaigns
	 */
	CampaignRuns(Path directory, Supplier<List<String>> settings) throws IOException {
		this.directory = directory;
		this.settings = settings;
		this.classes = new SharedClasses(directory);
	}

	/**
	 * Starts a process.
	 * @param options further options of java
	 * @param command what it is told
	 */
	Child start(List<String> options, List<String> command) {
		List<String> java = new ArrayList<>(options);
		java.addAll(this.classes.options());
		List<String> arguments = new ArrayList<>(command);
		arguments.addAll(this.settings.get());
		arguments.addAll(List.of("--json", "--deltasync.lease=5s", LINK + "lanes=2", LINK + "batch-size-limit=100",
				LINK + "source.adapter=jdbc", LINK + "source.connection=crm", LINK + "source.table=PERSON",
				LINK + "source.delta-column=UPDATED_AT", LINK + "source.overlap=5s", LINK + "target.adapter=jdbc",
				LINK + "target.connection=warehouse", LINK + "target.table=CONTACT"));
		return Child.start(this.directory.resolve("child-%d.log".formatted(this.started++)), java, ScarceDisk.class,
				arguments);
	}

	/** The event that a process has told of. */
	static JsonNode event(Child child) {
		return JSON.readTree(line(child, "{"));
	}

	/** All events. */
	JsonNode events() {
		Child child = start(List.of(), List.of("events", "people", "--limit", "1000000"));
		if (child.await() != SUCCESS) {
			throw new AssertionError(child.printed());
		}
		return JSON.readTree(line(child, "["));
	}

	private static String line(Child child, String start) {
		return child.printed()
			.lines()
			.filter((line) -> line.startsWith(start))
			.reduce((first, second) -> second)
			.orElseThrow(() -> new AssertionError("no JSON: " + child.printed()));
	}

}
