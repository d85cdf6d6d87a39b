package io.deltasync.fault;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.deltasync.testing.TcpProxy;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;

class MySqlFaultCampaignIT extends MySqlFaultCampaign {

	/** Longer than a lease holds. */
	private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(8);

	private static final int SLOWEST_MILLIS = 50;

	private final Map<String, String> schemas = new ConcurrentHashMap<>();

	@AfterEach
	void close() {
		closeProxies();
		this.schemas.values().forEach(TestDatabase.MYSQL::dropSchema);
	}

	@Override
	List<Fault> faults() {
		return List.of(Fault.PROCESS_IS_KILLED, Fault.PROCESS_IS_TOLD_TO_END, Fault.CONNECTIONS_ARE_CUT,
				Fault.SERVER_REFUSES, Fault.BYTES_ARE_HELD, Fault.SERVER_HANGS, Fault.TARGET_IS_REPLACED,
				Fault.SOURCE_IS_REPLACED, Fault.ONE_IN_A_THOUSAND, Fault.ONE_IN_A_HUNDRED, Fault.EVERY_SECOND,
				Fault.ALL);
	}

	@Override
	String url(String database) {
		return TestDatabase.MYSQL
			.url(this.schemas.computeIfAbsent(database, (key) -> TestDatabase.MYSQL.createSchema()));
	}

	@Override
	void strike(Fault fault, Child child, Random random) {
		List<TcpProxy> proxies = List
			.of(List.of(CampaignDatabases.JOBS), List.of(CampaignDatabases.SOURCE), List.of(CampaignDatabases.TARGET),
					List.of(CampaignDatabases.JOBS, CampaignDatabases.SOURCE, CampaignDatabases.TARGET))
			.get(random.nextInt(4))
			.stream()
			.map((database) -> proxy(databases().name(database)))
			.toList();
		switch (fault) {
			case CONNECTIONS_ARE_CUT -> proxies.forEach(TcpProxy::cut);
			case SERVER_REFUSES -> {
				proxies.forEach(TcpProxy::refuse);
				LockSupport.parkNanos((long) (LONG_NANOS * random.nextDouble()));
				proxies.forEach(TcpProxy::listen);
			}
			case BYTES_ARE_HELD -> {
				int delay = random.nextBoolean() ? 0 : 1 + random.nextInt(SLOWEST_MILLIS);
				proxies.forEach((proxy) -> proxy.hold((long) (LONG_NANOS * random.nextDouble()), delay));
			}
			case SERVER_HANGS -> {
				proxies.forEach((proxy) -> proxy.freezeAfter(0));
				LockSupport.parkNanos((long) (LONG_NANOS * random.nextDouble()));
				child.terminate();
				child.await();
				proxies.forEach(TcpProxy::thaw);
			}
			default -> super.strike(fault, child, random);
		}
	}

}
