package io.deltasync.link;

import io.deltasync.config.Schedule;
import io.deltasync.config.Section;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * When {@code serve} verifies a Link.
 *
 * @param schedule When 'serve' compares the target with the source, as a cron expression
 * in UTC or with the keys 'cron' and 'zone'. Default: never
 * @param sample Percentage of the scopes that are compared, chosen by chance. Default:
 * all
 */
public record VerifySettings(@NestedConfigurationProperty @Nullable Schedule schedule, @Nullable Double sample) {

	private static final double ALL = 100;

	void check(Section link) {
		if (this.sample != null && !(this.sample > 0 && this.sample <= ALL)) {
			link.problem("verify.sample", "is %s; give a percentage above 0, up to 100".formatted(this.sample));
		}
	}

}
