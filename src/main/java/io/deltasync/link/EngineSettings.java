package io.deltasync.link;

import java.time.Duration;

import io.deltasync.config.ConfigurationException;
import io.deltasync.config.ConfigurationReader;
import io.deltasync.config.Section;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * The settings that stand right below {@code deltasync} and belong to no Link: the list
 * of what is allowed there, beside {@code links} and {@code connections}.
 *
 * @param enabled false where an application has DeltaSync switched off
 * @param lease how long a run may be silent before its process counts as dead; more than
 * nothing; 60 s unless configured
 * @param retention how long what is over is kept
 * @param serve what a resident process does
 * @param workers where lanes are carried out: LOCAL unless configured
 * @param remote how workers are reached; only read where lanes are theirs
 * @param bufferMemory how much heap the records on their way to targets may take, over
 * all lanes of this process; null for a quarter of the heap
 */
public record EngineSettings(@DefaultValue("true") boolean enabled, @DefaultValue("60s") Duration lease,
		@DefaultValue Retention retention, @DefaultValue ServeSettings serve, @DefaultValue("local") WorkerMode workers,
		@DefaultValue RemoteSettings remote, @Nullable DataSize bufferMemory) {

	/** The property that switches DeltaSync off in an application when it is false. */
	public static final String ENABLED = Section.ROOT + ".enabled";

	private static final DataSize SMALLEST_BUFFER = DataSize.ofMegabytes(1);

	/**
	 * Reads the settings.
	 * @param environment where they are configured
	 * @return the settings
	 * @throws ConfigurationException when one of them cannot be used, or there is a key
	 * below {@code deltasync} that is not known
	 */
	public static EngineSettings of(Environment environment) {
		ConfigurationReader reader = new ConfigurationReader(environment);
		EngineSettings settings = read(reader);
		reader.throwIfProblems();
		return settings;
	}

	static EngineSettings read(ConfigurationReader reader) {
		Section section = reader.section(Section.ROOT);
		section.part("links");
		section.part("connections");
		EngineSettings settings = section.bind(EngineSettings.class);
		if (settings == null) {
			throw new IllegalStateException("EngineSettings cannot be made without any values");
		}
		if (settings.lease.isNegative() || settings.lease.isZero()) {
			section.problem("lease", "is %s; give a duration of more than nothing".formatted(settings.lease));
		}
		if (settings.bufferMemory != null && settings.bufferMemory.toBytes() < SMALLEST_BUFFER.toBytes()) {
			section.problem("buffer-memory", "is %s; give %s or more, or leave it out for a quarter of the heap"
				.formatted(settings.bufferMemory, SMALLEST_BUFFER));
		}
		settings.retention.check(section);
		settings.serve.check(section);
		settings.remote.check(section, settings.workers);
		section.finish();
		return settings;
	}

}
