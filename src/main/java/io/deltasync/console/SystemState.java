package io.deltasync.console;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.deltasync.api.Connections;
import io.deltasync.config.Build;
import io.deltasync.config.Secrets;
import io.deltasync.connection.ConfiguredConnections;
import io.deltasync.connection.PoolUse;
import io.deltasync.lease.DatabaseClock;
import io.deltasync.lease.Holders;
import io.deltasync.lease.Leases;
import io.deltasync.lease.RepositoryDatabase;
import io.deltasync.link.EngineSettings;
import io.deltasync.link.Links;
import io.deltasync.link.notification.Notifications;
import io.deltasync.run.ActiveRuns;
import io.deltasync.schema.Schema;
import io.deltasync.serve.LinkProblems;
import io.deltasync.serve.ServeLoop;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;

/**
 * Reads what the system page shows: this process, its databases, and what keeps Links
 * from being run. Thread-safe.
 */
@Component
public class SystemState {

	private final RepositoryDatabase database;

	private final Holders holders;

	private final Leases leases;

	private final ActiveRuns runs;

	private final EngineSettings settings;

	private final Notifications notifications;

	private final @Nullable ConfiguredConnections connections;

	private final ObjectProvider<ServeLoop> loop;

	private final InstantSource local = InstantSource.system();

	SystemState(RepositoryDatabase database, DatabaseClock clock, Leases leases, ActiveRuns runs, Links links,
			Connections connections, ObjectProvider<ServeLoop> loop) {
		this.database = database;
		this.holders = new Holders(database.jdbc(), clock);
		this.leases = leases;
		this.runs = runs;
		this.settings = links.engine();
		this.notifications = links.notifications();
		this.connections = (connections instanceof ConfiguredConnections configured) ? configured : null;
		this.loop = loop;
	}

	/**
	 * Describes this process.
	 * @return the process; needs no database
	 */
	public Instance instance() {
		return new Instance(Build.version(), "%s (%s)".formatted(Runtime.version(), System.getProperty("java.vendor")),
				this.leases.holder(), Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()),
				this.runs.links().stream().sorted().toList(), this.settings.serve().maxRuns());
	}

	/**
	 * Reads the database of the JobRepository.
	 * @return what it says
	 * @throws DataAccessException if it does not answer
	 */
	public Repository repository() {
		return Objects.requireNonNull(this.database.jdbc().execute((ConnectionCallback<Repository>) (connection) -> {
			DatabaseMetaData data = connection.getMetaData();
			return new Repository(data.getDatabaseProductName() + " " + data.getDatabaseProductVersion(),
					Secrets.mask(this.database.url()), Schema.version(), installation(),
					ClockSkew.measure(connection, this.local));
		}));
	}

	/** Reads the id without storing one. */
	private @Nullable String installation() {
		return this.database.jdbc()
			.queryForList("SELECT INSTALLATION_ID FROM SYNC_INSTALLATION WHERE NUMBER = 1", String.class)
			.stream()
			.findFirst()
			.orElse(null);
	}

	/**
	 * Returns who holds Links and lanes.
	 * @return the reader
	 */
	public Holders holders() {
		return this.holders;
	}

	/**
	 * Lists the connections of Links.
	 * @return the connections with the use of their pools; empty if the application has
	 * its own
	 */
	public List<PoolUse> connections() {
		return (this.connections != null) ? this.connections.uses() : List.of();
	}

	/**
	 * Asks the database of a connection for its time.
	 * @param name the name of the connection
	 * @return the skew of its clock
	 * @throws UnknownException if there is no such connection
	 * @throws ConflictException if the database does not answer
	 */
	public ClockSkew skew(String name) {
		if (this.connections == null
				|| this.connections.uses().stream().noneMatch((connection) -> connection.name().equals(name))) {
			throw new UnknownException("No connection '%s' is configured".formatted(name));
		}
		try (Connection connection = DataSourceUtils.getConnection(this.connections.get(name))) {
			return ClockSkew.measure(connection, this.local);
		}
		catch (SQLException | RuntimeException ex) {
			throw new ConflictException("The clock of connection '%s' cannot be read: %s".formatted(name,
					Secrets.mask(String.valueOf(ex.getMessage()))));
		}
	}

	/**
	 * Lists the settings of this process.
	 * @return the values by key, in the order of the documentation; secrets are masked
	 */
	public Map<String, String> settings() {
		Map<String, String> all = new LinkedHashMap<>(EffectiveSettings.of("deltasync", this.settings));
		all.putAll(EffectiveSettings.of("deltasync.notifications", this.notifications.settings()));
		this.notifications.channels()
			.forEach((name, channel) -> all.put("deltasync.notifications.channels." + name, channel.toString()));
		return all;
	}

	/**
	 * Lists the Links that this process cannot run for now.
	 * @return their problems
	 */
	public List<LinkProblems.Problem> problems() {
		return problemsOfLoop().all()
			.stream()
			.map((problem) -> new LinkProblems.Problem(problem.link(), Secrets.mask(problem.message()), problem.since(),
					problem.refused()))
			.toList();
	}

	/**
	 * Returns why this process runs no Link automatically for now.
	 * @return the outage; null if it runs Links
	 */
	public LinkProblems.@Nullable Outage outage() {
		LinkProblems.Outage outage = problemsOfLoop().outage();
		return (outage != null) ? new LinkProblems.Outage(Secrets.mask(outage.message()), outage.since()) : null;
	}

	private LinkProblems problemsOfLoop() {
		return this.loop.getObject().problems();
	}

	/**
	 * This process.
	 *
	 * @param version the version and commit of DeltaSync
	 * @param java the version of Java
	 * @param name the name with which it holds Links
	 * @param startedAt when it started, by its own clock
	 * @param running the Links that it is running
	 * @param maxRuns how many Links it runs at a time
	 */
	public record Instance(String version, String java, String name, Instant startedAt, List<String> running,
			int maxRuns) {

	}

	/**
	 * The database of the JobRepository.
	 *
	 * @param product its product and version
	 * @param url its URL without credentials
	 * @param schema the version of DeltaSync's tables
	 * @param installation the id of the installation; null if nothing has needed one yet
	 * @param clock the skew of its clock
	 */
	public record Repository(String product, String url, String schema, @Nullable String installation,
			ClockSkew clock) {

	}

}
