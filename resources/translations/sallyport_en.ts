<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>Conversation</name>
    <message numerus="yes">
        <source>%n tool(s)</source>
        <translation>
            <numerusform>%n tool</numerusform>
            <numerusform>%n tools</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Log</name>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>%n event</numerusform>
            <numerusform>%n events</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln token</numerusform>
            <numerusform>%Ln tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SelectionSum</name>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln selected</numerusform>
            <numerusform>%Ln selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WebSocket</name>
    <message numerus="yes">
        <source>(%n frame(s))</source>
        <translation>
            <numerusform>(%n frame)</numerusform>
            <numerusform>(%n frames)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sallyport::BarChart</name>
    <message numerus="yes">
        <source>%n bar(s); the arrow keys choose one</source>
        <translation>
            <numerusform>%n bar; the arrow keys choose one</numerusform>
            <numerusform>%n bars; the arrow keys choose one</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sallyport::ConversationBrowser</name>
    <message numerus="yes">
        <source>%n earlier part(s)</source>
        <translation>
            <numerusform>%n earlier part</numerusform>
            <numerusform>%n earlier parts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more line(s)</source>
        <translation>
            <numerusform>%n more line</numerusform>
            <numerusform>%n more lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sallyport::DoctorWindow</name>
    <message numerus="yes">
        <source>%n finding(s)</source>
        <translation>
            <numerusform>%n finding</numerusform>
            <numerusform>%n findings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sallyport::Engine</name>
    <message numerus="yes">
        <source>%n request(s) are on their way already</source>
        <translation>
            <numerusform>%n request is on its way already</numerusform>
            <numerusform>%n requests are on their way already</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sallyport::EventsPane</name>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>%n event</numerusform>
            <numerusform>%n events</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the first %n are no longer kept</source>
        <translation>
            <numerusform>the first one is no longer kept</numerusform>
            <numerusform>the first %n are no longer kept</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sallyport::HealthCheckChip</name>
    <message numerus="yes">
        <source>%Ln health check(s) hidden</source>
        <translation>
            <numerusform>%Ln health check hidden</numerusform>
            <numerusform>%Ln health checks hidden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln health check(s)</source>
        <translation>
            <numerusform>%Ln health check</numerusform>
            <numerusform>%Ln health checks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sallyport::HistoryBar</name>
    <message numerus="yes">
        <source>%Ln older match(es)</source>
        <translation>
            <numerusform>%Ln older match</numerusform>
            <numerusform>%Ln older matches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln older request(s)</source>
        <translation>
            <numerusform>%Ln older request</numerusform>
            <numerusform>%Ln older requests</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sallyport::LogTable</name>
    <message numerus="yes">
        <source>↓ %n new · End</source>
        <translation>
            <numerusform>↓ %n new · End</numerusform>
            <numerusform>↓ %n new · End</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sallyport::OverviewPane</name>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>%n event</numerusform>
            <numerusform>%n events</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sallyport::RowActions</name>
    <message numerus="yes">
        <source>%Ln request(s) written to %1</source>
        <translation>
            <numerusform>%Ln request written to %1</numerusform>
            <numerusform>%Ln requests written to %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln without headers and bodies</source>
        <translation>
            <numerusform>%Ln without headers and bodies</numerusform>
            <numerusform>%Ln without headers and bodies</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sallyport::StatusLine</name>
    <message numerus="yes">
        <source>%n active</source>
        <translation>
            <numerusform>%n active</numerusform>
            <numerusform>%n active</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln request(s)</source>
        <translation>
            <numerusform>%Ln request</numerusform>
            <numerusform>%Ln requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln request(s) waiting</source>
        <translation>
            <numerusform>%Ln request waiting</numerusform>
            <numerusform>%Ln requests waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln older</source>
        <translation>
            <numerusform>%Ln older</numerusform>
            <numerusform>%Ln older</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sallyport::TrayMenu</name>
    <message numerus="yes">
        <source>Running on %1 · %n active</source>
        <translation>
            <numerusform>Running on %1 · %n active</numerusform>
            <numerusform>Running on %1 · %n active</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Finishing · %n active</source>
        <translation>
            <numerusform>Finishing · %n active</numerusform>
            <numerusform>Finishing · %n active</numerusform>
        </translation>
    </message>
</context>
</TS>
