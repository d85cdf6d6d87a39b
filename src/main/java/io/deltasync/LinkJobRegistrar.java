package io.deltasync;

import io.deltasync.link.LinkNames;
import io.deltasync.link.Links;
import io.deltasync.run.LinkJobs;
import org.springframework.batch.core.job.Job;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.core.env.Environment;

/**
 * Registers a job for each Link. They are beans, so that Spring Boot can start one by
 * {@code --spring.batch.job.name}.
 */
class LinkJobRegistrar implements BeanRegistrar {

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		for (String link : LinkNames.of(environment)) {
			registry.registerBean("deltasync.job." + link, Job.class, (bean) -> bean
				.supplier((context) -> context.bean(LinkJobs.class).job(context.bean(Links.class).get(link))));
		}
	}

}
