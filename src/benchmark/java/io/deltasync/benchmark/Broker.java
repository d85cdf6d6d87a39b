package io.deltasync.benchmark;

import java.nio.file.Path;

import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/**
 * An Artemis broker that keeps its messages in a directory, as a program.
 */
final class Broker {

	static final String READY = "ready";

	private Broker() {
	}

	static String url(int port) {
		return "tcp://127.0.0.1:" + port;
	}

	/**
	 * Runs until it is told to end.
	 * @param args directory and port
	 */
	public static void main(String[] args) throws Exception {
		Path directory = Path.of(args[0]);
		EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
		broker.setConfiguration(new ConfigurationImpl().setSecurityEnabled(false)
			.setJournalType(JournalType.NIO)
			.setJournalDirectory(directory.resolve("journal").toString())
			.setBindingsDirectory(directory.resolve("bindings").toString())
			.setPagingDirectory(directory.resolve("paging").toString())
			.setLargeMessagesDirectory(directory.resolve("large").toString())
			.setMaxDiskUsage(-1)
			.addAcceptorConfiguration("tcp", url(Integer.parseInt(args[1])) + "?protocols=CORE"));
		broker.start();
		System.out.println(READY);
		Thread.currentThread().join();
	}

}
