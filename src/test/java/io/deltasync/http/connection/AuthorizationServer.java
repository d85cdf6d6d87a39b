package io.deltasync.http.connection;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/**
 * A real authorization server on a port of its own, which replaces a refresh token
 * whenever it is used, and whose access tokens live for two seconds.
 */
final class AuthorizationServer implements AutoCloseable {

	static final String SECRET = "secret & more";

	private final ServletWebServerApplicationContext context;

	AuthorizationServer() {
		SpringApplication application = new SpringApplication(Server.class);
		application.setBannerMode(Banner.Mode.OFF);
		application.setWebApplicationType(WebApplicationType.SERVLET);
		this.context = (ServletWebServerApplicationContext) application.run("--server.port=0",
				"--logging.level.root=ERROR", "--spring.config.location=optional:classpath:/none/");
	}

	String tokenUrl() {
		return "http://localhost:%d/oauth2/token".formatted(this.context.getWebServer().getPort());
	}

	/** Lets a person allow the client to act for him, and returns the refresh token. */
	String allow() {
		OAuth2RefreshToken token = new OAuth2RefreshToken("first-refresh-token", Instant.now(),
				Instant.now().plusSeconds(3600));
		this.context.getBean(OAuth2AuthorizationService.class)
			.save(OAuth2Authorization.withRegisteredClient(Server.CLIENT)
				.principalName("anna")
				.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
				.accessToken(new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "expired", Instant.EPOCH,
						Instant.EPOCH.plusSeconds(1)))
				.refreshToken(token)
				.attribute(Principal.class.getName(), new TestingAuthenticationToken("anna", null))
				.build());
		return token.getTokenValue();
	}

	/** Whether a refresh token can still be used. */
	boolean knows(String refreshToken) {
		OAuth2Authorization found = this.context.getBean(OAuth2AuthorizationService.class)
			.findByToken(refreshToken, OAuth2TokenType.REFRESH_TOKEN);
		return found != null
				&& Objects.requireNonNull(found.getRefreshToken()).getToken().getTokenValue().equals(refreshToken);
	}

	@Override
	public void close() {
		this.context.close();
	}

	/** Not a component, which an application in another test would find. */
	@EnableWebSecurity
	@EnableWebMvc
	@ImportAutoConfiguration({ TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
			SecurityFilterAutoConfiguration.class })
	static class Server {

		static final RegisteredClient CLIENT = RegisteredClient.withId("1")
			.clientId("deltasync")
			.clientSecret("{noop}" + SECRET)
			.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
			.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
			.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
			.authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
			.scope("orders")
			.tokenSettings(TokenSettings.builder()
				.reuseRefreshTokens(false)
				.accessTokenTimeToLive(Duration.ofSeconds(2))
				.build())
			.build();

		@Bean
		SecurityFilterChain security(HttpSecurity http) throws Exception {
			return http.oauth2AuthorizationServer((server) -> {
			}).build();
		}

		@Bean
		InMemoryRegisteredClientRepository clients() {
			return new InMemoryRegisteredClientRepository(List.of(CLIENT));
		}

		@Bean
		OAuth2AuthorizationService authorizations() {
			return new InMemoryOAuth2AuthorizationService();
		}

		@Bean
		AuthorizationServerSettings settings() {
			return AuthorizationServerSettings.builder().build();
		}

		@Bean
		JWKSource<SecurityContext> keys() throws NoSuchAlgorithmException {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(2048);
			KeyPair pair = generator.generateKeyPair();
			return new ImmutableJWKSet<>(new JWKSet(
					new RSAKey.Builder((RSAPublicKey) pair.getPublic()).privateKey((RSAPrivateKey) pair.getPrivate())
						.keyID("1")
						.build()));
		}

	}

}
