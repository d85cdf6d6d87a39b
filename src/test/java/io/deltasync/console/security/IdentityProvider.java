package io.deltasync.console.security;

import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/**
 * An OpenID Connect provider: a real authorization server on a port of its own, with
 * people who have any password and the claims that a test gives them.
 */
final class IdentityProvider implements AutoCloseable {

	private static final String CLIENT = "console";

	private static final String SECRET = "secret of the console";

	private final ServletWebServerApplicationContext context;

	IdentityProvider() {
		SpringApplication application = new SpringApplication(Server.class);
		application.setBannerMode(Banner.Mode.OFF);
		application.setWebApplicationType(WebApplicationType.SERVLET);
		this.context = (ServletWebServerApplicationContext) application.run("--server.port=0",
				"--logging.level.root=ERROR", "--spring.config.location=optional:classpath:/none/",
				"--server.servlet.session.cookie.name=PROVIDER");
	}

	/**
	 * Returns the provider's address. The console has another host, so cookies of both
	 * differ.
	 */
	String issuer() {
		return "http://localhost:" + this.context.getWebServer().getPort();
	}

	/** Returns the settings of a console that knows this provider. */
	List<String> settings() {
		String registration = "spring.security.oauth2.client.registration.company.";
		return List.of(registration + "client-id=" + CLIENT, registration + "client-secret=" + SECRET,
				registration + "client-name=Company", registration + "scope=openid,profile",
				"spring.security.oauth2.client.provider.company.issuer-uri=" + issuer());
	}

	/** Lets people come from a console and return to it. */
	void register(URI console) {
		this.context.getBean(InMemoryRegisteredClientRepository.class).save(client(console));
	}

	/** Gives a person claims. */
	void person(String name, Map<String, Object> claims) {
		this.context.getBean(People.class).claims().put(name, claims);
	}

	private static RegisteredClient client(URI console) {
		return RegisteredClient.withId("1")
			.clientId(CLIENT)
			.clientSecret("{noop}" + SECRET)
			.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.redirectUri(console + "/login/oauth2/code/company")
			.postLogoutRedirectUri(console + "/login")
			.scopes((scopes) -> scopes.addAll(Set.of(OidcScopes.OPENID, OidcScopes.PROFILE)))
			.build();
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * The people.
	 *
	 * @param claims their claims by name
	 */
	record People(Map<String, Map<String, Object>> claims) {

	}

	/** The authorization server. Not a component, which the console would find. */
	@EnableWebSecurity
	@EnableWebMvc
	@ImportAutoConfiguration({ TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
			SecurityFilterAutoConfiguration.class })
	static class Server {

		@Bean
		SecurityFilterChain security(HttpSecurity http) throws Exception {
			return http.oauth2AuthorizationServer((server) -> server.oidc(Customizer.withDefaults()))
				.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.formLogin(Customizer.withDefaults())
				.build();
		}

		@Bean
		People people() {
			return new People(new ConcurrentHashMap<>());
		}

		@Bean
		UserDetailsService users() {
			return (name) -> User.withUsername(name).password("{noop}" + name).roles("PERSON").build();
		}

		@Bean
		InMemoryRegisteredClientRepository clients() {
			return new InMemoryRegisteredClientRepository(client(URI.create("http://127.0.0.1")));
		}

		@Bean
		AuthorizationServerSettings settings() {
			return AuthorizationServerSettings.builder().build();
		}

		@Bean
		OAuth2TokenCustomizer<JwtEncodingContext> claims(People people) {
			return (token) -> token.getClaims()
				.claims((claims) -> claims
					.putAll(people.claims().getOrDefault(token.getPrincipal().getName(), Map.of())));
		}

		@Bean
		JwtDecoder decoder(JWKSource<SecurityContext> keys) {
			return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
		}

		@Bean
		JWKSource<SecurityContext> keys() throws NoSuchAlgorithmException {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(2048);
			KeyPair pair = generator.generateKeyPair();
			return new ImmutableJWKSet<>(new JWKSet(
					new RSAKey.Builder((RSAPublicKey) pair.getPublic()).privateKey((RSAPrivateKey) pair.getPrivate())
						.keyID("key")
						.build()));
		}

	}

}
