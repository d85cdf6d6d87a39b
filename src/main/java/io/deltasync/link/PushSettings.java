package io.deltasync.link;

import io.deltasync.config.Section;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of requests that are pushed to Links.
 *
 * @param maxBody Largest body of a request, up to 64 MB. With MySQL and MariaDB, it must
 * be smaller than the server's 'max_allowed_packet'
 * @param maxWaitingRequests Number of requests of a Link that may wait to be delivered, 1
 * or more. Further ones are refused with status 429
 * @param maxWaitingSize Size of the bodies of a Link's requests that may wait to be
 * delivered. Further ones are refused with status 429
 */
public record PushSettings(@DefaultValue("5MB") DataSize maxBody, @DefaultValue("10000") int maxWaitingRequests,
		@DefaultValue("256MB") DataSize maxWaitingSize) {

	private static final DataSize LARGEST_BODY = DataSize.ofMegabytes(64);

	void check(Section engine) {
		if (this.maxBody.toBytes() < 1 || this.maxBody.compareTo(LARGEST_BODY) > 0) {
			engine.problem("push.max-body", "is %s; give 1B to 64MB".formatted(this.maxBody));
		}
		if (this.maxWaitingRequests < 1) {
			engine.problem("push.max-waiting-requests",
					"is %d; give a number of requests, 1 or more".formatted(this.maxWaitingRequests));
		}
		if (this.maxWaitingSize.toBytes() < 1) {
			engine.problem("push.max-waiting-size", "is %s; give a size, such as 256MB".formatted(this.maxWaitingSize));
		}
	}

}
