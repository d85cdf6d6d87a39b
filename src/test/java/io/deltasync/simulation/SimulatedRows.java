package io.deltasync.simulation;

import java.util.List;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

import javax.sql.DataSource;

import io.deltasync.api.ConfigurableAdapter;
import io.deltasync.api.Connections;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForPull;
import io.deltasync.api.SourceAdapterScopeSerializer;
import io.deltasync.jdbc.BuiltInDialects;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.jdbc.read.JdbcSource;
import io.deltasync.jdbc.read.JdbcSourceOptions;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The built-in source, on a database whose clock is the history's.
 */
final class SimulatedRows
		implements SourceAdapterForPull, SourceAdapterScopeSerializer, ConfigurableAdapter<JdbcSourceOptions> {

	/** What the built-in source asks H2 for its clock with. */
	private static final String CLOCK = "SELECT CURRENT_TIMESTAMP(9)";

	private static final int MOST_ROWS = 2;

	private final Hooks hooks;

	private final JdbcSource rows;

	private @Nullable Instant now;

	/** Whether a default limits the rows of statements. */
	private boolean limits;

	SimulatedRows(Hooks hooks, Connections connections) {
		this.hooks = hooks;
		Connections clocked = (name) -> clocked(connections.get(name));
		this.rows = new JdbcSource(clocked, new JdbcTables(clocked, BuiltInDialects.with(List.of())));
	}

	private DataSource clocked(DataSource database) {
		return new DelegatingDataSource(database) {
			@Override
			public Connection getConnection() throws SQLException {
				return clocked(super.getConnection());
			}
		};
	}

	private Connection clocked(Connection connection) {
		return (Connection) Proxy.newProxyInstance(SimulatedRows.class.getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("prepareStatement") && arguments[0].equals(CLOCK)) {
						arguments[0] = "SELECT TIMESTAMP WITH TIME ZONE '%s'".formatted(this.now);
					}
					try {
						Object result = method.invoke(connection, arguments);
						if (this.limits && result instanceof Statement statement) {
							statement.setMaxRows(MOST_ROWS);
						}
						return result;
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	@Override
	public FetchStrategy planFetch(LinkContext context) throws Exception {
		return this.hooks.plan(context, () -> {
			this.now = this.hooks.scene(context).source().now();
			this.limits = this.hooks.scene(context).kind() == LinkKind.LIMITED;
			return this.rows.planFetch(context);
		});
	}

	@Override
	public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) throws Exception {
		this.limits = this.hooks.scene(context).kind() == LinkKind.LIMITED;
		return this.hooks.fetch(context, String.valueOf(scope), () -> this.rows.fetchRecords(context, scope));
	}

	@Override
	public String serializeScope(Object scope) {
		return this.rows.serializeScope(scope);
	}

	@Override
	public Object deserializeScope(String text) {
		return this.rows.deserializeScope(text);
	}

	@Override
	public Class<JdbcSourceOptions> optionsType() {
		return this.rows.optionsType();
	}

	@Override
	public void configure(JdbcSourceOptions options) {
		this.rows.configure(options);
	}

}
