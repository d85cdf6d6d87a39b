package io.deltasync.file.sftp;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of a connection of the type 'sftp', below {@code deltasync.connections}.
 * The descriptions of the components appear in the configuration metadata and in the
 * documentation.
 *
 * @param url Where the server is, such as 'sftp://files.example.com:22/export'. Paths of
 * Links continue it
 * @param username The user
 * @param password The user's password. Default: none, 'private-key' is used
 * @param privateKey A file with the user's private key, in the format of OpenSSH or in
 * PEM. Default: none, 'password' is used
 * @param privateKeyPassword The password of the private key. Default: none
 * @param knownHosts A file with the keys of known servers, as OpenSSH writes it. Default:
 * '.ssh/known_hosts' in the home directory
 * @param fingerprint The fingerprint of the server's key, such as 'SHA256:…', in place of
 * a file. Default: none
 * @param connectTimeout Maximum wait for a connection and for the login
 * @param readTimeout Maximum wait for the next bytes of an answer
 */
@ConfigurationProperties("deltasync.connections.*")
public record SftpSettings(String url, String username, @Nullable String password, @Nullable Path privateKey,
		@Nullable String privateKeyPassword, @Nullable Path knownHosts, @Nullable String fingerprint,
		@DefaultValue("10s") Duration connectTimeout, @DefaultValue("60s") Duration readTimeout) {

	@Override
	public String toString() {
		return this.url + " as " + this.username;
	}

}
