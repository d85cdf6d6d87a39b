package io.deltasync.cli.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import io.deltasync.config.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The options of all commands that name a server, through which they are executed.
 */
public final class ServerOptions {

	private static final String TOKEN = "DELTASYNC_TOKEN";

	@Option(names = "--server", paramLabel = "URL", scope = ScopeType.INHERIT,
			description = "Execute the command through the 'serve' at this address.")
	private @Nullable String server;

	@Option(names = "--token-file", paramLabel = "FILE", scope = ScopeType.INHERIT,
			description = "The file with the access token for --server. Default: the environment variable DELTASYNC_TOKEN.")
	private @Nullable String tokenFile;

	@Option(names = "--insecure", scope = ScopeType.INHERIT,
			description = "Let --server send the access token without TLS.")
	private boolean insecure;

	/**
	 * Whether any of the options is given.
	 * @return false if the command is executed by this process, or by a server that it
	 * finds
	 */
	public boolean areGiven() {
		return this.server != null || this.tokenFile != null || this.insecure;
	}

	ApiClient client() {
		if (this.server == null) {
			throw usage("%s has no effect without --server"
				.formatted((this.tokenFile != null) ? "--token-file" : "--insecure"));
		}
		String address = address(this.server);
		return new ApiClient(address, token());
	}

	private String address(String text) {
		URI uri;
		try {
			uri = URI.create(text);
		}
		catch (IllegalArgumentException ex) {
			throw noAddress(text);
		}
		boolean tls = "https".equalsIgnoreCase(uri.getScheme());
		if ((!tls && !"http".equalsIgnoreCase(uri.getScheme())) || uri.getHost() == null || uri.getUserInfo() != null
				|| uri.getQuery() != null || uri.getFragment() != null) {
			throw noAddress(text);
		}
		if (!tls && !this.insecure && !isThisComputer(uri.getHost())) {
			throw usage(
					"The access token would be sent to %s without TLS, where others could read it. Use https, or add --insecure"
						.formatted(uri.getHost()));
		}
		return text.replaceAll("/+$", "");
	}

	/** Only names and numbers that never leave this computer. */
	private static boolean isThisComputer(String host) {
		if (host.equalsIgnoreCase("localhost")) {
			return true;
		}
		try {
			return host.matches("[\\d.]+|\\[.*]") && InetAddress.getByName(host).isLoopbackAddress();
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

	private String token() {
		String token;
		if (this.tokenFile != null) {
			try {
				token = Files.readString(Path.of(this.tokenFile));
			}
			catch (IOException | InvalidPathException ex) {
				throw usage("--token-file: '%s' cannot be read: %s".formatted(this.tokenFile, ex));
			}
		}
		else {
			token = System.getenv(TOKEN);
		}
		if (token == null || token.isBlank()) {
			throw usage("--server needs an access token: give --token-file, or set the environment variable " + TOKEN
					+ ". 'token create' creates one");
		}
		if (!token.strip().matches("[\\x21-\\x7e]+")) {
			throw usage("The access token is not one line without blanks");
		}
		return token.strip();
	}

	private static ServerException noAddress(String text) {
		return usage("--server: '%s' is not an address such as https://deltasync.example.com"
			.formatted(text.contains("@") ? "***" : text));
	}

	private static ServerException usage(String message) {
		return new ServerException(ExitCode.USAGE, message);
	}

}
