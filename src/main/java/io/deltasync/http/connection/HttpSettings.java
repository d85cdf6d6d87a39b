package io.deltasync.http.connection;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings of a connection of the type 'http', below {@code deltasync.connections}.
 * The descriptions of the components appear in the configuration metadata and in the
 * documentation.
 *
 * @param url Where the server is, such as 'https://api.example.com/v2'. Paths of Links
 * continue it
 * @param auth How the connection identifies itself
 * @param headers Headers of every request
 * @param connectTimeout Maximum wait for a connection to the server
 * @param readTimeout Maximum wait for the next bytes of an answer
 * @param callTimeout Maximum duration of one attempt, from the first byte of the request
 * to the last of the answer
 * @param retries How often a request is repeated that failed for a reason that may pass,
 * if repeating it cannot do harm
 * @param maxWait Maximum wait for a server that asks to be called later. Beyond it, the
 * call fails
 * @param resetHeader A header of answers with 429 or 503 without 'Retry-After' that says
 * when requests are taken again, such as 'X-RateLimit-Reset': in seconds from now, or as
 * seconds or milliseconds since 1970
 * @param rateLimit How many requests are sent in a second, minute, hour or day, over all
 * lanes and processes, such as '10/s', '600/min', '5000/h' or '20000/d'
 * @param maxAnswer Maximum size of an answer, after decompression
 * @param proxy The HTTP proxy that requests take, such as 'http://proxy.example:3128'.
 * The proxy looks up the server's address, so it is the proxy that has to refuse private
 * ones
 * @param sslBundle The name of an SSL bundle below 'spring.ssl.bundle' with the
 * certificates to trust, and the client's own ones if the server asks for them. Default:
 * the certificates that Java trusts
 * @param allowPrivate Whether the connection may lead to private addresses: to this
 * machine or to its own network
 * @param allowAddresses Addresses and networks that the connection may lead to although
 * they are not public, such as '10.1.0.0/16'
 */
@ConfigurationProperties("deltasync.connections.*")
public record HttpSettings(String url, @NestedConfigurationProperty @DefaultValue HttpAuth auth,
		@Nullable Map<String, String> headers, @DefaultValue("10s") Duration connectTimeout,
		@DefaultValue("60s") Duration readTimeout, @DefaultValue("15m") Duration callTimeout,
		@DefaultValue("4") int retries, @DefaultValue("1m") Duration maxWait, @Nullable String resetHeader,
		@Nullable String rateLimit, @DefaultValue("1GB") DataSize maxAnswer, @Nullable String proxy,
		@Nullable String sslBundle, boolean allowPrivate, @Nullable List<String> allowAddresses) {

	@Override
	public String toString() {
		return HttpUrl.shown(this.url) + " with authentication " + this.auth;
	}

}
