package io.deltasync.console.security;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.deltasync.console.LocalServer;
import io.deltasync.console.Person;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/**
 * Lets commands of the operating system's user who started {@code serve} through to it,
 * because they cannot open its embedded database themselves. They find its address and an
 * access token in a file that this user alone can read. The token is not stored anywhere
 * else, and ends with the process. Thread-safe.
 */
public class LocalAccess implements OpaqueTokenIntrospector, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(LocalAccess.class);

	private final AccessTokens tokens;

	private final String token = AccessTokens.generate();

	private final String url;

	private final @Nullable String bound;

	private final boolean secure;

	private @Nullable LocalServer written;

	/**
	 * Creates the access, without the file.
	 * @param tokens all other access tokens
	 * @param url the URL of the JobRepository's database
	 * @param bound the address on which the server listens; null for all
	 * @param secure whether the server answers with TLS
	 */
	public LocalAccess(AccessTokens tokens, String url, @Nullable String bound, boolean secure) {
		this.tokens = tokens;
		this.url = url;
		this.bound = bound;
		this.secure = secure;
	}

	/**
	 * Writes the file.
	 * @param started the start of the web server
	 */
	@EventListener
	public void started(WebServerInitializedEvent started) {
		if (!(started.getApplicationContext() instanceof ServletWebServerApplicationContext context)
				|| "management".equals(context.getServerNamespace())) {
			return;
		}
		String path = Objects.requireNonNull(context.getServletContext()).getContextPath();
		LocalServer.file(this.url).ifPresent((file) -> {
			String address = "%s://%s:%d%s".formatted(this.secure ? "https" : "http", host(),
					started.getWebServer().getPort(), path);
			LocalServer server = new LocalServer(address, this.token, LocalServer.INSTANCE,
					ProcessHandle.current().pid());
			try {
				server.write(file);
				this.written = server;
			}
			catch (IOException ex) {
				logger.warn("Commands cannot reach this process, because {} cannot be written: {}", file,
						ex.toString());
			}
		});
	}

	/** An address on which the server listens, as this computer reaches it. */
	private String host() {
		String loopback = "127.0.0.1";
		if (this.secure) {
			return (this.bound != null && !this.bound.equals(loopback)) ? this.bound : "localhost";
		}
		try {
			InetAddress address = (this.bound != null) ? InetAddress.getByName(this.bound) : null;
			return (address == null || address.isAnyLocalAddress()) ? loopback : (address instanceof Inet6Address)
					? "[" + address.getHostAddress() + "]" : address.getHostAddress();
		}
		catch (IOException ex) {
			return loopback;
		}
	}

	@Override
	public void destroy() throws IOException {
		Path file = LocalServer.file(this.url).orElse(null);
		if (this.written != null && file != null) {
			this.written.delete(file);
		}
	}

	@Override
	public OAuth2AuthenticatedPrincipal introspect(String token) {
		if (MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8),
				this.token.getBytes(StandardCharsets.UTF_8))) {
			Person person = Person.atCommandLine();
			return new DefaultOAuth2AuthenticatedPrincipal(person.name(), Map.of("sub", person.name()),
					List.of(new SimpleGrantedAuthority(Role.ADMIN.authority())));
		}
		return this.tokens.introspect(token);
	}

}
