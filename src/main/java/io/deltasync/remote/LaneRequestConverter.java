package io.deltasync.remote;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.jms.support.converter.MessageConversionException;
import org.springframework.jms.support.converter.MessageConverter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes and reads {@link LaneRequest}s as JSON, and nothing else: whatever a message
 * says, no other class is made of it.
 */
final class LaneRequestConverter implements MessageConverter {

	/** Far more than any request has. */
	private static final int MOST_CHARACTERS = 10_000;

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	@Override
	public Message toMessage(Object request, Session session) throws JMSException {
		if (!(request instanceof LaneRequest)) {
			throw new MessageConversionException("%s is no lane to be carried out".formatted(request));
		}
		return session.createTextMessage(JSON.writeValueAsString(request));
	}

	@Override
	public LaneRequest fromMessage(Message message) throws JMSException {
		@Nullable String text = (message instanceof TextMessage textMessage) ? textMessage.getText() : null;
		if (text == null || text.length() > MOST_CHARACTERS) {
			throw new MessageConversionException(
					"Message %s is none of DeltaSync's".formatted(message.getJMSMessageID()));
		}
		try {
			return JSON.readValue(text, LaneRequest.class);
		}
		catch (JacksonException ex) {
			throw new MessageConversionException(
					"Message %s is none of DeltaSync's, or one of another version".formatted(message.getJMSMessageID()),
					ex);
		}
	}

}
