package io.deltasync.link;

import java.time.Duration;

import io.deltasync.config.ConfigurationReader;
import io.deltasync.config.Section;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings of the engine: all keys directly below {@code deltasync} except
 * {@code links}, {@code connections} and {@code notifications}. The descriptions of the
 * components appear in the configuration metadata and in the documentation.
 * <p>
 * Not for {@code EnableConfigurationProperties}: {@link Section} binds the settings, so
 * that all problems are reported together.
 *
 * @param enabled Whether DeltaSync is active in an application that embeds it
 * @param lease How long the process of a run may be silent before the run counts as
 * crashed and its Link is free. More than 0. With an embedded database that no other
 * process can open, the run of a dead process is recognised at once
 * @param retention How long stored history is kept
 * @param serve Settings of the command 'serve'
 * @param workers Where lanes run. 'local': in threads of the process that runs the Link.
 * 'remote': in other processes
 * @param remote How workers are reached
 * @param push Limits of the requests that are pushed to Links
 * @param bufferMemory Memory for records on their way to targets, over all lanes of the
 * process, 1 MB or more. A lane hands a batch over when its share is full. A record
 * larger than a sixth of it is rejected with that reason. Default: a quarter of the heap
 */
@ConfigurationProperties(Section.ROOT)
public record EngineSettings(@DefaultValue("true") boolean enabled, @DefaultValue("60s") Duration lease,
		@NestedConfigurationProperty @DefaultValue Retention retention,
		@NestedConfigurationProperty @DefaultValue ServeSettings serve, @DefaultValue("local") WorkerMode workers,
		@NestedConfigurationProperty @DefaultValue RemoteSettings remote,
		@NestedConfigurationProperty @DefaultValue PushSettings push, @Nullable DataSize bufferMemory) {

	/** The property that deactivates DeltaSync in an application when it is false. */
	public static final String ENABLED = Section.ROOT + ".enabled";

	private static final DataSize SMALLEST_BUFFER = DataSize.ofMegabytes(1);

	/**
	 * Reads the settings.
	 * @param reader the configuration, which collects the problems
	 * @return the settings, to be used only if there are no problems
	 */
	static EngineSettings read(ConfigurationReader reader) {
		Section section = reader.section(Section.ROOT);
		section.part("links");
		section.part("connections");
		section.part("notifications");
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
		settings.push.check(section);
		section.finish();
		return settings;
	}

}
