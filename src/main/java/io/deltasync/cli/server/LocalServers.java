package io.deltasync.cli.server;

import java.util.Optional;

import io.deltasync.console.LocalServer;

/**
 * Finds the {@code serve} that has opened an embedded database on this computer.
 */
public final class LocalServers {

	private LocalServers() {
	}

	/**
	 * Finds the server that has a database open. The file of a process that died names a
	 * server that does not answer, or another one, which does not know the token and the
	 * number of the dead process.
	 * @param url the URL of the database with all settings
	 * @return the server; empty if there is none
	 */
	public static Optional<LocalServer> find(String url) {
		return LocalServer.file(url).flatMap(LocalServer::read).filter(LocalServers::answers);
	}

	private static boolean answers(LocalServer found) {
		try {
			return new ApiClient(found.address(), found.token()).get("server", Server.class)
				.instance()
				.equals(found.instance());
		}
		catch (ServerException | IllegalArgumentException ex) {
			return false;
		}
	}

}
