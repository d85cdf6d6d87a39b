package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The product's command {@code serve}, with a Link that has a schedule.
 *
 * @param name its name in the report
 * @param launch what starts it
 * @param loader what makes the configuration and the first run
 */
record ResidentDeltaSync(String name, List<String> launch, DeltaSyncProgram loader) implements ResidentContender {

	/** A slot every so many seconds. */
	private static final int PERIOD = 10;

	/** So long before a slot the process's CPU time is read. */
	private static final Duration BEFORE = Duration.ofMillis(20);

	private static final Duration LOOK = Duration.ofMillis(20);

	@Override
	public Resident start(Path directory, Duration timeout) throws IOException, InterruptedException {
		List<String> command = Stream
			.of(this.launch.stream(), Stream.of("--server.port=0",
					"--deltasync.links." + DeltaSyncProgram.LINK + ".schedule=*/" + PERIOD + " * * * * *", "serve"))
			.flatMap((part) -> part)
			.toList();
		ConfigurableApplicationContext application = new SpringApplicationBuilder(PastRuns.Application.class)
			.web(WebApplicationType.NONE)
			.properties("spring.datasource.url=" + this.loader.jobsUrl(), "spring.main.banner-mode=off",
					"spring.main.log-startup-info=false", "spring.flyway.enabled=false", "logging.level.root=ERROR")
			.run();
		try {
			return new Running(ResidentProcess.start(command, directory, "serve", "Serves Links", timeout), application,
					application.getBean(SyncEvents.class), timeout);
		}
		catch (IOException ex) {
			application.close();
			throw ex;
		}
	}

	/**
	 * Times are those of the event; the process and the benchmark have the same clock.
	 */
	private record Running(ResidentProcess process, ConfigurableApplicationContext application, SyncEvents events,
			Duration timeout) implements Resident {

		@Override
		public Delta copy(String since) throws IOException, InterruptedException {
			// a run that began before the change is not the one to be measured
			await((event) -> event.endedAt() != null);
			Instant due = Instant.ofEpochSecond((Instant.now().getEpochSecond() / PERIOD + 1) * PERIOD);
			Thread.sleep(Math.max(0, Duration.between(Instant.now(), due.minus(BEFORE)).toMillis()));
			Duration cpu = this.process.cpu();
			SyncEvent event = await((newest) -> newest.endedAt() != null && !newest.runTimestamp().isBefore(due));
			ChildProcess cost = new ChildProcess(Duration.between(due, event.endedAt()), this.process.cpu().minus(cpu),
					this.process.peakMemory(), "");
			if (!event.success()) {
				throw new IOException("event " + event.id() + " was not successful: " + event.errors());
			}
			return new Delta(cost,
					new Copied(event.records().written(), Duration.between(event.startedAt(), event.endedAt())));
		}

		private SyncEvent await(Predicate<SyncEvent> wanted) throws IOException, InterruptedException {
			long start = System.nanoTime();
			while (System.nanoTime() - start < this.timeout.toNanos()) {
				Optional<SyncEvent> newest = this.events.newest(DeltaSyncProgram.LINK).filter(wanted);
				if (newest.isPresent()) {
					return newest.get();
				}
				if (!this.process.process().isAlive()) {
					throw new IOException("it has ended: see " + this.process.output());
				}
				Thread.sleep(LOOK.toMillis());
			}
			throw new IOException("no run in time: see " + this.process.output());
		}

		@Override
		public void close() throws InterruptedException {
			this.process.close();
			this.application.close();
		}

	}

}
