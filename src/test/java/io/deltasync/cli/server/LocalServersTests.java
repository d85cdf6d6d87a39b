package io.deltasync.cli.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import com.sun.net.httpserver.HttpServer;
import io.deltasync.console.LocalServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class LocalServersTests {

	@TempDir
	private Path directory;

	private HttpServer http;

	private int status = 200;

	private String answer = "{\"version\":\"DeltaSync\",\"instance\":\"one\",\"time\":\"2026-11-29T10:00:00Z\"}";

	@BeforeEach
	void start() throws IOException {
		this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.http.createContext("/context/api/v1/server", (exchange) -> {
			boolean known = "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
			byte[] body = this.answer.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(known ? this.status : 401, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		this.http.start();
	}

	@AfterEach
	void stop() {
		this.http.stop(0);
	}

	private String url() {
		return "jdbc:h2:file:%s/jobs;WRITE_DELAY=0".formatted(this.directory);
	}

	private LocalServer write(String token) throws IOException {
		LocalServer server = new LocalServer("http://127.0.0.1:%d/context".formatted(this.http.getAddress().getPort()),
				token, "one", 1);
		server.write(LocalServer.file(url()).orElseThrow());
		return server;
	}

	@Test
	void theServerThatWroteTheFileIsFound() throws IOException {
		assertThat(LocalServers.find(url())).isEmpty();

		LocalServer server = write("secret");

		assertThat(LocalServers.find(url())).contains(server);
		assertThat(LocalServers.find(url() + ";AUTO_SERVER=TRUE")).isEmpty();
	}

	@Test
	void aFileThatAProcessLeftIsIgnored() throws IOException {
		write("of a dead process");
		assertThat(LocalServers.find(url())).as("another process has the port").isEmpty();

		write("secret");
		this.answer = this.answer.replace("one", "two");
		assertThat(LocalServers.find(url())).as("one that accepts everything").isEmpty();
		this.answer = "hello";
		assertThat(LocalServers.find(url())).as("and is no DeltaSync").isEmpty();
		this.status = 302;
		assertThat(LocalServers.find(url())).isEmpty();

		this.http.stop(0);
		assertThat(LocalServers.find(url())).as("nobody has the port").isEmpty();
		Files.writeString(LocalServer.file(url()).orElseThrow(), "{\"address\":");
		assertThat(LocalServers.find(url())).isEmpty();
	}

}
