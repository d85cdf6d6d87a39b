package io.deltasync.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * An Artemis broker, configured as docs/workers.md says, that keeps its messages in a
 * directory. As a program of its own it takes directory and port, and says when it is
 * ready.
 */
@SuppressWarnings("try")
public final class TestBroker implements AutoCloseable {

	/** Where messages go that were given back too often. */
	public static final String DEAD_LETTERS = "dead-letters";

	private static final int MOST_DELIVERIES = 10;

	static {
		// since Java 24, Netty does without what the broker's journal needs to free its
		// buffers
		System.setProperty("io.netty.noUnsafe", "false");
	}

	private final int port;

	private final EmbeddedActiveMQ broker;

	private TestBroker(Path directory, int port) {
		this.port = port;
		this.broker = new EmbeddedActiveMQ();
		this.broker.setConfiguration(configuration(directory, port));
	}

	/** Starts a broker in this process. */
	public static TestBroker start(Path directory, int port) throws Exception {
		TestBroker started = new TestBroker(directory, port);
		started.broker.start();
		return started;
	}

	public static void main(String[] arguments) throws Exception {
		start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
		System.out.println("ready");
		System.in.transferTo(java.io.OutputStream.nullOutputStream());
	}

	private static Configuration configuration(Path directory, int port) {
		try {
			return new ConfigurationImpl().setSecurityEnabled(false)
				.setPersistenceEnabled(true)
				.setJournalType(JournalType.NIO)
				.setJournalDirectory(directory.resolve("journal").toString())
				.setBindingsDirectory(directory.resolve("bindings").toString())
				.setPagingDirectory(directory.resolve("paging").toString())
				.setLargeMessagesDirectory(directory.resolve("large").toString())
				.setMaxDiskUsage(-1)
				.addAcceptorConfiguration("tcp", url(port) + "?protocols=CORE")
				.addAddressSetting("#",
						new AddressSettings().setMaxDeliveryAttempts(MOST_DELIVERIES)
							.setRedeliveryDelay(500)
							.setDeadLetterAddress(SimpleString.of(DEAD_LETTERS))
							.setAutoCreateDeadLetterResources(true));
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	public String url() {
		return url(this.port);
	}

	public static String url(int port) {
		return "tcp://127.0.0.1:" + port;
	}

	/** How many messages wait, or are with a consumer, in all queues of an address. */
	public long messages(String address) throws Exception {
		long messages = 0;
		for (var binding : this.broker.getActiveMQServer()
			.getPostOffice()
			.getBindingsForAddress(SimpleString.of(address))
			.getBindings()) {
			if (binding.getBindable() instanceof Queue queue) {
				messages += queue.getMessageCount();
			}
		}
		return messages;
	}

	/** A port that nobody listens on, for a broker to come. */
	public static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() throws Exception {
		this.broker.stop();
	}

}
