package io.deltasync.link;

import java.time.Duration;

import io.deltasync.config.Section;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the command {@code serve}.
 *
 * @param maxRuns Number of Links that one 'serve' process runs at a time, 1 or more.
 * Automatic replays count, too
 * @param metricsAge How long figures for metrics are reused before the database is
 * queried again. More than 0
 * @param console Whether 'serve' has the console and the REST API. Without them it
 * answers only with health and metrics
 * @param signInForm Whether people sign in to the console with users and passwords of
 * DeltaSync. Without them, they sign in at an identity provider only
 * @param adminPassword Password of the first user, 'admin', who is created if there are
 * no users, 12 characters or more. Default: generated, and printed once
 * @param sessionMaxAge How long a person stays signed in to the console, however active
 * they are. More than 0
 * @param oidc What the claims of an identity provider mean
 */
public record ServeSettings(@DefaultValue("4") int maxRuns, @DefaultValue("10s") Duration metricsAge,
		@DefaultValue("true") boolean console, @DefaultValue("true") boolean signInForm, @Nullable String adminPassword,
		@DefaultValue("12h") Duration sessionMaxAge, @NestedConfigurationProperty @DefaultValue OidcSettings oidc) {

	/** The shortest password of a user, in characters. */
	public static final int MIN_PASSWORD = 12;

	void check(Section engine) {
		if (this.maxRuns < 1) {
			engine.problem("serve.max-runs", "is %d; give 1 or more".formatted(this.maxRuns));
		}
		if (this.metricsAge.isNegative() || this.metricsAge.isZero()) {
			engine.problem("serve.metrics-age",
					"is %s; give a duration above 0, such as 10s".formatted(this.metricsAge));
		}
		if (this.sessionMaxAge.isNegative() || this.sessionMaxAge.isZero()) {
			engine.problem("serve.session-max-age",
					"is %s; give a duration above 0, such as 12h".formatted(this.sessionMaxAge));
		}
		if (engine.areAsWritten("serve.admin-password") && this.adminPassword != null
				&& this.adminPassword.length() < MIN_PASSWORD) {
			engine.problem("serve.admin-password", "is too short; give %d characters or more".formatted(MIN_PASSWORD));
		}
		this.oidc.check(engine);
	}

}
