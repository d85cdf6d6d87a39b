package io.deltasync.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The contenders that others publish as libraries.
 *
 * @param server what holds source and target
 * @param directory where they are built
 * @param timeout how long that may take
 */
record Peers(Server server, Path directory, Duration timeout) {

	private static final int FETCH = 1_000;

	/** What SeaTunnel's server asks for when it is started on a Java later than 8. */
	private static final List<String> OPENED = List.of("--add-modules=java.se",
			"--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED", "--add-opens=java.base/java.lang=ALL-UNNAMED",
			"--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "--add-opens=java.management/sun.management=ALL-UNNAMED",
			"--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");

	List<Contender> contenders() {
		// Connector/J streams with this value only, the MariaDB driver with any other
		boolean mySql = this.server.url("").startsWith("jdbc:mysql:");
		List<Contender> contenders = new ArrayList<>();
		contenders.add(camel(mySql ? Integer.MIN_VALUE : FETCH));
		if (mySql) {
			Peer seaTunnel = new Peer("seatunnel", this.directory, this.timeout);
			contenders.add(seaTunnel("Apache SeaTunnel", seaTunnel, 1));
			contenders.add(seaTunnel("Apache SeaTunnel, two readers and writers", seaTunnel, 2));
		}
		return contenders;
	}

	/** Camel itself hands on no negative number, so the driver is told. */
	private Contender camel(int fetch) {
		return new PeerProgram("Apache Camel", new Peer("camel", this.directory, this.timeout), List.of(Contender.HEAP),
				"io.deltasync.benchmark.camel.CamelCopy", List.of(this.server.url(Dataset.SOURCE_DATABASE,
						"rewriteBatchedStatements=true", "defaultFetchSize=" + fetch), Dataset.SOURCE, Dataset.TARGET));
	}

	private Contender seaTunnel(String name, Peer peer, int parallelism) {
		return new PeerProgram(name, peer, Stream.concat(Stream.of(Contender.HEAP), OPENED.stream()).toList(),
				"io.deltasync.benchmark.seatunnel.SeaTunnelCopy",
				List.of(this.server.url(Dataset.SOURCE_DATABASE, "rewriteBatchedStatements=true"), this.server.user(),
						Dataset.SOURCE, Dataset.TARGET_DATABASE, Dataset.TARGET_TABLE, String.valueOf(parallelism)));
	}

}
