package io.deltasync.file.sftp;

import java.net.URI;
import java.net.URISyntaxException;

import org.jspecify.annotations.Nullable;

/**
 * The server and the directory that a connection leads to.
 *
 * @param host the server
 * @param port its port
 * @param directory the directory, which does not end with a slash
 */
record SftpAddress(String host, int port, String directory) {

	private static final int PORT = 22;

	/** Returns what is wrong with a URL; null if nothing is. */
	static @Nullable String problem(String url) {
		try {
			URI uri = new URI(url);
			if (!"sftp".equals(uri.getScheme()) || uri.getHost() == null) {
				return "is no address of a server; it looks like sftp://files.example.com/export";
			}
			if (uri.getUserInfo() != null) {
				return "contains a user; set username and password in its place";
			}
			return (uri.getQuery() != null || uri.getFragment() != null) ? "continues after the directory" : null;
		}
		catch (URISyntaxException ex) {
			return "is no address of a server; it looks like sftp://files.example.com/export";
		}
	}

	static SftpAddress of(String url) {
		URI uri = URI.create(url);
		return new SftpAddress(uri.getHost(), (uri.getPort() >= 0) ? uri.getPort() : PORT,
				((uri.getPath() != null) ? uri.getPath() : "").replaceFirst("/+$", ""));
	}

	String location() {
		return "sftp://%s:%d%s".formatted(this.host, this.port, this.directory);
	}

}
