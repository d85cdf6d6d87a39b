package io.deltasync.http.connection;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.deltasync.config.YamlEnvironment;
import io.deltasync.connection.ConfiguredConnections;
import io.deltasync.http.connection.CheckedAddresses.RefusedAddressException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A connection leads to the address that was checked, however DNS changes its answers.
 * The address 127.0.0.2 stands for a public one, because it is allowed.
 */
class CheckedAddressesTests {

	private final ChangingDns dns = new ChangingDns();

	/** The addresses at which connections arrived. */
	private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();

	private ServerSocket server;

	private Transport transport;

	@BeforeEach
	void start() throws IOException {
		this.server = new ServerSocket(0, 50, InetAddress.getByName("0.0.0.0"));
		Thread thread = new Thread(this::serve, "server");
		thread.setDaemon(true);
		thread.start();
		HttpConnectionType type = new HttpConnectionType();
		HttpSettings settings = new ConfiguredConnections(new YamlEnvironment(
				"deltasync.connections.shop: { type: http, url: \"%s\", allow-addresses: [127.0.0.2] }"
					.formatted(url())),
				List.of(type))
			.settings("shop", type);
		this.transport = new Transport(settings, null, this.dns);
	}

	@AfterEach
	void stop() throws IOException {
		this.transport.close();
		this.server.close();
	}

	private String url() {
		return "http://shop.example.com:" + this.server.getLocalPort();
	}

	private void serve() {
		try {
			while (true) {
				try (Socket socket = this.server.accept()) {
					this.arrived.add(socket.getLocalAddress().getHostAddress());
					BufferedReader request = new BufferedReader(
							new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
					while (!request.readLine().isEmpty()) {
						// the head ends with an empty line
					}
					socket.getOutputStream()
						.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
							.getBytes(StandardCharsets.US_ASCII));
				}
			}
		}
		catch (IOException ex) {
			// the test is over
		}
	}

	private int call() throws IOException {
		try (Transport.Exchange exchange = this.transport.execute(new HttpUriRequestBase("GET", URI.create(url())))) {
			return exchange.response().getCode();
		}
	}

	@Test
	void theAddressThatWasCheckedIsTheOneOfTheConnection() throws Exception {
		this.dns.answers.addAll(List.of("127.0.0.2", "127.0.0.1"));

		assertThat(call()).isEqualTo(200);

		assertThat(this.arrived.poll(1, TimeUnit.MINUTES)).isEqualTo("127.0.0.2");
		assertThat(this.dns.asked).as("nothing looks up the name again").containsExactly("shop.example.com");
	}

	@Test
	void aLaterAnswerIsCheckedForEachConnection() throws Exception {
		this.dns.answers.addAll(List.of("127.0.0.2", "127.0.0.1"));
		call();
		this.arrived.poll(1, TimeUnit.MINUTES);

		assertThatThrownBy(this::call).isInstanceOf(RefusedAddressException.class).hasMessage("127.0.0.1");

		assertThat(this.arrived).isEmpty();
	}

	@Test
	void privateAddressesAmongAllowedOnesAreLeftOut() throws Exception {
		this.dns.answers.add("127.0.0.1 127.0.0.2 10.0.0.1");

		assertThat(call()).isEqualTo(200);

		assertThat(this.arrived.poll(1, TimeUnit.MINUTES)).isEqualTo("127.0.0.2");
	}

	/** Answers each question with the next addresses. */
	private static final class ChangingDns implements DnsResolver {

		final List<String> answers = new ArrayList<>();

		final List<String> asked = new ArrayList<>();

		@Override
		public InetAddress[] resolve(String host) throws UnknownHostException {
			String[] addresses = this.answers.get(Math.min(this.asked.size(), this.answers.size() - 1)).split(" ");
			this.asked.add(host);
			InetAddress[] found = new InetAddress[addresses.length];
			for (int i = 0; i < found.length; i++) {
				found[i] = InetAddress.getByName(addresses[i]);
			}
			return found;
		}

		@Override
		public String resolveCanonicalHostname(String host) {
			return host;
		}

	}

}
