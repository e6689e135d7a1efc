package io.github.batchexports.reactor.internal.http;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;

/**
 * Discards interim responses, such as 102 and 103, as a client may that does not use them (RFC 9110, 15.2). Reactor Netty
 * takes them for final ones, except for 100. One for each connection.
 */
public final class InterimResponses extends ChannelInboundHandlerAdapter {

    private static final String NAME = "batch-exports.interimResponses";

    private boolean isDiscarding;

    private InterimResponses() {}

    /** Returns the client, which from now on sees final responses only. HTTP/1.1; with HTTP/2 nothing changes. */
    public static HttpClient discardedBy(HttpClient http) {
        return http.doOnChannelInit((observer, channel, address) -> {
            ChannelPipeline pipeline = channel.pipeline();
            ChannelHandler codec = pipeline.get(NettyPipeline.HttpCodec);
            if (codec != null) {
                pipeline.addAfter(NettyPipeline.HttpCodec, NAME, new InterimResponses());
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse response) {
            isDiscarding = isInterim(response.status());
        }
        if (!isDiscarding) {
            context.fireChannelRead(message);
            return;
        }
        isDiscarding = !(message instanceof LastHttpContent);
        ReferenceCountUtil.release(message);
    }

    /** 101 is final: the connection is no longer HTTP. */
    private static boolean isInterim(HttpResponseStatus status) {
        return status.codeClass() == HttpStatusClass.INFORMATIONAL
                && status.code() != HttpResponseStatus.SWITCHING_PROTOCOLS.code();
    }
}
