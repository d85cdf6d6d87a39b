package io.deltasync.fault;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs in processes of their own, to each of which something happens at a moment that is
 * anyone's guess. Then the Link is run again, or the run restarted, until it is
 * successful: the target has every record as the source has it. All rounds are of one
 * history. An ordinary build does a few faults, {@code -Ddeltasync.campaign.rounds=50}
 * fifty rounds of each; {@code -Ddeltasync.campaign.seed=N} chooses as a campaign before
 * did, and {@code -Ddeltasync.campaign.fault=DISK_IS_FULL} does one fault alone. The
 * circumstances are drawn by the seed, unless
 * {@code -Ddeltasync.campaign.circumstances=ROWS_ARE_LIMITED,ROWS_ARE_DELETED} names
 * them.
 */
abstract class FaultCampaign {

	private static final List<String> DELTA = List.of("run", "people");

	private static final List<String> FULL = List.of("run", "people", "--full");

	private static final int SAMPLE = 3;

	private static final long LONGEST_START_NANOS = TimeUnit.SECONDS.toNanos(3);

	private final long seed = Long.getLong("deltasync.campaign.seed", System.nanoTime());

	private final int rounds = Integer.getInteger("deltasync.campaign.rounds", 0);

	private final CampaignFigures figures = new CampaignFigures();

	private final List<Duration> lengths = new ArrayList<>();

	@TempDir
	Path directory;

	private final Set<Circumstance> circumstances = circumstances();

	private final CampaignDatabases databases = new CampaignDatabases(
			(database) -> asCircumstancesAre(database, url(database), false), username());

	private final CampaignChecks checks = new CampaignChecks(this.databases);

	private CampaignRuns runs;

	/** The faults that can be had here. */
	abstract List<Fault> faults();

	/** The URL of a database that no fault stands before. */
	abstract String url(String database);

	/** The URL by which a run reaches a database. */
	abstract String urlOfRuns(String database);

	abstract @Nullable String username();

	/**
	 * Adds to a URL what its sessions are like.
	 * @param zone their zone; null: the server's
	 * @param limited whether they return some rows only, or end statements early
	 */
	abstract String inSession(String url, @Nullable String zone, boolean limited);

	/**
	 * Returns the types of columns.
	 * @param local whether times are stored without a zone
	 */
	abstract People.Columns columns(boolean local);

	/** Has the target's table count how often a row is written. */
	abstract void countRows(JdbcTemplate target);

	/** The JVM options of a run that a fault will hit. */
	List<String> options(Fault fault, Random random) {
		return List.of();
	}

	/** Lets it happen, and returns when nothing more is going to. */
	void strike(Fault fault, Child child, Random random) {
		switch (fault) {
			case PROCESS_IS_KILLED, TARGET_IS_REPLACED, SOURCE_IS_REPLACED -> child.kill();
			case PROCESS_IS_TOLD_TO_END -> child.terminate();
			default -> throw new IllegalStateException(fault + " does not happen here");
		}
	}

	/** Activity during a run. */
	AutoCloseable meanwhile() {
		return () -> {
		};
	}

	@Test
	void everyRecordArrivesWhateverHappens() throws Exception {
		System.out.printf("%s: seed %d %s%n", getClass().getSimpleName(), this.seed, this.circumstances);
		this.runs = new CampaignRuns(this.directory, this::arguments);
		this.databases.on(CampaignDatabases.SOURCE, (jdbc) -> People.createSource(jdbc, columns()));
		createTarget();
		assertThat(recover("the first run", DELTA, null)).isNotNull();
		try {
			List<Fault> faults = chosen();
			for (int number = 0; number < faults.size(); number++) {
				round(number, faults.get(number));
			}
		}
		finally {
			System.out.print(this.figures.table());
		}
		CampaignChecks.assertAllAddUp(this.runs.events(), People.FIRST + this.figures.deliveries());
	}

	final CampaignDatabases databases() {
		return this.databases;
	}

	private Set<Circumstance> circumstances() {
		String chosen = System.getProperty("deltasync.campaign.circumstances");
		if (chosen == null) {
			return Circumstance.draw(new Random(this.seed));
		}
		return chosen.isEmpty() ? Set.of()
				: Stream.of(chosen.split(",")).map(Circumstance::valueOf).collect(Collectors.toSet());
	}

	private String asCircumstancesAre(String database, String url, boolean ofRun) {
		if (!database.startsWith(CampaignDatabases.SOURCE)) {
			return url;
		}
		return inSession(url, has(Circumstance.ZONE_IS_ANOTHER) ? Circumstance.ZONE : null,
				ofRun && has(Circumstance.ROWS_ARE_LIMITED));
	}

	private boolean has(Circumstance circumstance) {
		return this.circumstances.contains(circumstance);
	}

	private People.Columns columns() {
		return columns(has(Circumstance.ZONE_IS_ANOTHER));
	}

	private void createTarget() {
		this.databases.on(CampaignDatabases.TARGET, (jdbc) -> People.createTarget(jdbc, columns()));
		this.databases.on(CampaignDatabases.TARGET, this::countRows);
	}

	private List<String> arguments() {
		List<String> arguments = new ArrayList<>(List.of("--spring.datasource.url=" + urlOfRuns(CampaignDatabases.JOBS),
				"--deltasync.connections.crm.url=" + urlInRuns(CampaignDatabases.SOURCE),
				"--deltasync.connections.warehouse.url=" + urlInRuns(CampaignDatabases.TARGET)));
		Circumstance.settings(this.circumstances).forEach((setting) -> arguments.add(CampaignRuns.LINK + setting));
		if (username() != null) {
			arguments.addAll(List.of("--spring.datasource.username=" + username(), "--spring.datasource.password=",
					"--deltasync.connections.crm.username=" + username(),
					"--deltasync.connections.warehouse.username=" + username()));
		}
		return arguments;
	}

	private String urlInRuns(String database) {
		String name = this.databases.name(database);
		return asCircumstancesAre(name, urlOfRuns(name), true);
	}

	private List<Fault> chosen() {
		List<Fault> faults = new ArrayList<>(faults());
		String only = System.getProperty("deltasync.campaign.fault");
		if (only != null) {
			faults.retainAll(List.of(Fault.valueOf(only)));
		}
		if (this.rounds > 0) {
			faults = new ArrayList<>(Collections.nCopies(this.rounds, faults).stream().flatMap(List::stream).toList());
		}
		Collections.shuffle(faults, new Random(this.seed));
		if (this.rounds > 0) {
			return faults;
		}
		List<Fault> sample = new ArrayList<>(
				faults.stream().filter((fault) -> !fault.changesLink()).limit(SAMPLE).toList());
		faults.stream().filter(Fault::changesLink).limit(1).forEach(sample::add);
		return sample;
	}

	@SuppressWarnings("try")
	private void round(int number, Fault fault) throws Exception {
		Random random = new Random(this.seed + number);
		boolean full = fault.isPutRight() || fault.changesLink() || random.nextBoolean();
		String what = "round %d, %s in a %s run (-Ddeltasync.campaign.seed=%d)".formatted(number, fault,
				full ? "full" : "delta", this.seed);
		change(number + 1, random);
		int poisoned = (fault.perMille() > 0)
				? this.databases.with(CampaignDatabases.SOURCE, (jdbc) -> People.poison(jdbc, fault.perMille(), random))
				: 0;
		this.databases.on(CampaignDatabases.TARGET, People::forgetDeliveries);
		if (fault.changesLink()) {
			changeLink(what, fault);
		}

		Child child;
		long struck;
		try (AutoCloseable meanwhile = fault.isPutRight() ? () -> {
		} : meanwhile()) {
			child = this.runs.start(options(fault, random), full ? FULL : DELTA);
			if (!fault.isPutRight()) {
				awaitMoment(child, random);
			}
			struck = System.nanoTime();
			if (!fault.isPutRight()) {
				strike(fault, child, random);
			}
			int exit = child.await();
			assertThat(exit == CampaignRuns.SUCCESS || fault.exits().contains(exit))
				.as("%s: exit code %d: %s", what, exit, child.printed())
				.isTrue();
		}
		boolean unharmed = child.process().exitValue() == CampaignRuns.SUCCESS;
		if (fault.isPutRight()) {
			struck = System.nanoTime();
		}
		if (poisoned > 0) {
			this.checks.assertPoisonIsKeptApart(what, child, poisoned);
			this.databases.on(CampaignDatabases.SOURCE, People::cure);
		}
		recover(what, fault.changesLink() ? FULL : DELTA, (fault.perMille() > 0) ? null : random);
		double seconds = (System.nanoTime() - struck) / (double) TimeUnit.SECONDS.toNanos(1);
		// what changed after a run had begun is another's, and be that restarted
		JsonNode last = run(what, has(Circumstance.ROWS_ARE_DELETED) ? FULL : DELTA);
		assertThat(last.path("success").asBoolean()).as("%s: %s", what, last).isTrue();
		CampaignFigures.Round round = this.databases.with(CampaignDatabases.TARGET,
				(jdbc) -> CampaignFigures.Round.of(jdbc, unharmed, this.checks.lost().size(), seconds));
		this.figures.add(fault, round);
		System.out.printf("%s: %s%n", what, round);
		this.checks.assertNothingIsLeft(what);
	}

	private void change(int version, Random random) {
		this.databases.on(CampaignDatabases.SOURCE, (jdbc) -> {
			People.change(jdbc, version, random);
			if (has(Circumstance.KEYS_CHANGE_CASE)) {
				People.changeCase(jdbc, version, random);
			}
			if (has(Circumstance.ROWS_ARE_DELETED)) {
				People.delete(jdbc, random);
			}
		});
	}

	/** A delta run would not deliver what the other database needs. */
	private void changeLink(String what, Fault fault) {
		if (fault == Fault.TARGET_IS_REPLACED) {
			this.databases.replace(CampaignDatabases.TARGET);
			createTarget();
		}
		else {
			List<Object[]> rows = this.databases.with(CampaignDatabases.SOURCE, People::rows);
			this.databases.replace(CampaignDatabases.SOURCE);
			this.databases.on(CampaignDatabases.SOURCE, (jdbc) -> People.createOtherSource(jdbc, columns(), rows));
		}
		Child refused = this.runs.start(List.of(), DELTA);
		assertThat(refused.await()).as("%s: %s", what, refused.printed()).isEqualTo(CampaignRuns.CONFIGURATION);
	}

	/** Waits for any moment of a run, or now and then of the time before it. */
	private void awaitMoment(Child child, Random random) {
		double share = random.nextDouble();
		if (random.nextInt(4) > 0) {
			child.await("Link 'people' reads");
			List<Duration> sorted = this.lengths.stream().sorted().toList();
			LockSupport.parkNanos((long) (share * sorted.get(sorted.size() / 2).toNanos()));
		}
		else {
			LockSupport.parkNanos((long) (share * LONGEST_START_NANOS));
		}
	}

	/**
	 * Starts runs until one is successful, as whatever starts them would. Nothing stands
	 * in its way any more but the lease of a process that died.
	 * @param run the command for a run
	 * @param random whether to restart the run or to start another; null: another
	 */
	private JsonNode recover(String what, List<String> run, @Nullable Random random) {
		while (true) {
			Instant success = this.checks.lastSuccess();
			List<String> command = run;
			if (random != null && random.nextBoolean()) {
				Long event = this.databases.with(CampaignDatabases.JOBS, (jdbc) -> jdbc
					.queryForObject("SELECT MAX(JOB_INSTANCE_ID) FROM BATCH_JOB_INSTANCE", Long.class));
				command = List.of("restart", String.valueOf(event));
			}
			Child child = this.runs.start(List.of(), command);
			int exit = child.await();
			if (exit == CampaignRuns.SUCCESS) {
				JsonNode event = CampaignRuns.event(child);
				CampaignChecks.assertHasDoneEverything(what, event, success);
				this.lengths.add(Duration.between(Instant.parse(event.path("startedAt").asString()),
						Instant.parse(event.path("endedAt").asString())));
				return event;
			}
			// there is no run that can be restarted, or only one from before the Link
			// changed
			boolean nothingToRestart = command.get(0).equals("restart")
					&& (exit == CampaignRuns.USAGE || exit == CampaignRuns.CONFIGURATION);
			assertThat(exit == CampaignRuns.BUSY || nothingToRestart)
				.as("%s: exit code %d of %s: %s", what, exit, command, child.printed())
				.isTrue();
			if (nothingToRestart) {
				return recover(what, run, null);
			}
		}
	}

	private JsonNode run(String what, List<String> command) {
		Child child = this.runs.start(List.of(), command);
		assertThat(child.await()).as("%s: %s", what, child.printed()).isEqualTo(CampaignRuns.SUCCESS);
		return CampaignRuns.event(child);
	}

}
