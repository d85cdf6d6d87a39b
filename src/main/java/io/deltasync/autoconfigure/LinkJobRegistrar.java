package io.deltasync.autoconfigure;

import java.util.List;

import io.deltasync.cli.process.OwnApplication;
import io.deltasync.config.LinkNames;
import io.deltasync.link.Links;
import io.deltasync.run.job.LinkJobFactory;
import org.springframework.batch.core.job.Job;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers a job for each Link, as the bean {@code deltasync.job.LINK}. Such a job is
 * found by its name only, not by its type, so that an application's own jobs are
 * injected, and started by Spring Boot, as if there were no Links.
 */
class LinkJobRegistrar implements ImportBeanDefinitionRegistrar {

	private final Environment environment;

	private final BeanFactory beans;

	LinkJobRegistrar(Environment environment, BeanFactory beans) {
		this.environment = environment;
		this.beans = beans;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
		List<String> names = LinkNames.of(this.environment);
		if (OwnApplication.needsFewLinks(this.environment)) {
			// the registry builds any other job when it is needed
			names = names.stream().filter(this::isToBeStarted).toList();
		}
		for (String link : names) {
			RootBeanDefinition job = new RootBeanDefinition(Job.class,
					() -> this.beans.getBean(LinkJobFactory.class).job(this.beans.getBean(Links.class).get(link)));
			job.setDefaultCandidate(false);
			registry.registerBeanDefinition("deltasync.job." + link, job);
		}
	}

	private boolean isToBeStarted(String link) {
		return link.equals(this.environment.getProperty("spring.batch.job.name"));
	}

}
