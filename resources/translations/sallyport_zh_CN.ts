<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AtomicFile</name>
    <message>
        <source>cannot write %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the file is read-only</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CaFile</name>
    <message>
        <source>cannot use the CA file %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it holds no PEM certificate</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ClaudeConnection</name>
    <message>
        <source>it is a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is larger than 16 MiB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot read %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not hold what was written to it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot make the folder %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot remove %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>another Sallyport is changing %1; try again in a moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot write in the folder %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a character that cannot stand there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the file ends too early</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a string with a line end, a control character or an unknown escape</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a malformed number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a comment that does not end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too many levels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>something behind the closing brace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1:%2: not valid JSON, %3; the file was not changed. Mend it and try again, or put this into it by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1:%2: the settings are not an object in braces; the file was not changed. It should look like this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1:%2: &quot;env&quot; is not an object in braces; the file was not changed. It should look like this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1:%2: the key %3 is there twice; the file was not changed. Remove one of them and try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the key %3 cannot be edited without touching something else; the file was not changed. Put this into it by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1. Nothing was changed. Make it writable (chmod u+w &quot;%2&quot; and its folder) and try again, put this into it by hand, or use &quot;sallyport run -- claude&quot;, which writes nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown kind of step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the journal %1 cannot be read (%2); delete it to give up taking back what it recorded</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Config</name>
    <message>
        <source>there is no upstream &quot;%1&quot; in this file;%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an answer with status %1 has no content; take the body out, or write status: 200</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not where a redirect can point; write a URL or a path, like https://example.com/docs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>say where to: {status: 302, location: &quot;https://example.com/&quot;}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a request goes straight to the host that it names, so the route needs match: {host: …}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a route has exactly one of upstream, respond, redirect, block, direct</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not an address to listen on; write HOST:PORT, like 127.0.0.1:8899 or [::1]:8899</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a base URL: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it ends with its path; take out the query (?) and fragment (#)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it has a user name in it; take that out and use credential:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the name of the host has letters outside ASCII; write its xn-- form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its path has characters or dot-segments that do not belong there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a network; write an address, or one with the length of its prefix, like 169.254.0.0/16 or &quot;fe80::/10&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not the name of a host; write one without a scheme, port or path, like api.example.com</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a host to match; write a name, &quot;*.suffix&quot; or &quot;*&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it must begin with http:// or https://, like https://gateway.example.com/llm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a host, or a host and a port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no route &quot;%1&quot; in this file;%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the switch of route &quot;%1&quot; cannot be changed here without changing something else; edit the file by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot be read: %1; mend that, or move the file away to run with the defaults</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is not a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is written as &quot;key: value&quot; lines, or as {key: value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a key of %2;%3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; has no value; give it one, or take the line out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; takes a single value, not a list or a map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>true and false are written without quotes or a tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a list is needed here: [one, two], or a line &quot;- one&quot; for each</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>each item is a single value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not yet done by this version; take it out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; does not yet take this value; write %2, or take it out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> did you mean &quot;%1&quot;?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> known here: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not the beginning of a path; write one like /v1/claude, without a query, dot-segments or empty segments, other characters percent-encoded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>methods are written in capitals: &quot;%1&quot; instead of &quot;%2&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a method; write one like POST</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a request cannot go without Host; set it instead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a route</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a route needs a name, like name: claude</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is a &quot;%1&quot; before this one; each needs a name of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not the name of an environment variable; write one like env:CORP_API_KEY</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;file:&quot; names no file; write file: and the path of the file with the secret</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this names no place of a secret; write one of %1 (the secret itself never stands in this file)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is none of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; did you mean &quot;%1&quot;?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a switch; write true or false</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a whole number from %2 to %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a time; write a whole number and ms, s, m, h or d, like 30s (ten years at most)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no time at all; write more than 0, like 30s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a size; write a whole number of octets, or one with KiB, MiB or GiB, like 4MiB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a port or a range of ports; write 443 or 1024-65535</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the keychain is not yet read by this version; write env:NAME or file:PATH</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not the name of a field; write one like X-Team</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; belongs to the connection, and Sallyport writes it itself; take it out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a name has 1 to 64 printable characters and no blank at its ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fields are written {Name: value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is here twice; keep one of the two</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the value of &quot;%1&quot; must be one line of text, without control characters and without blanks at its ends (&quot;&quot; for an empty one)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not from %2 to %3 octets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 can be reached from other machines; write 127.0.0.1 or [::1], or set access.allow_remote: true with a token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>allow_remote: true needs a token, so that not everybody on the network can use your credential; write token: auto</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a target</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a target needs a url, like {url: &quot;https://gateway.example.com&quot;}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the sandbox answers on this machine and has no targets; take them out, or sandbox: true</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an upstream needs targets, like targets: [{url: &quot;https://gateway.example.com&quot;}]</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an upstream</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an upstream needs a name, like name: corp</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this line does not fit the map that it stands in; check its indentation, and that keys are written &quot;key: value&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this line does not fit the list that it stands in; check its indentation, and that items begin with &quot;- &quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the map in { } is not closed, or a comma is missing in it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the list in [ ] is not closed, or a comma is missing in it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a &quot;:&quot; is not expected here; quote a value that has one, and check the indentation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a quoted text is not closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a value cannot begin with this character; put it in quotes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a &quot;- &quot; is not expected here; check the indentation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this alias has no anchor before it; a value that begins with &quot;*&quot; must be quoted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this is not valid YAML: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the file is larger than %1 MiB; is it the right one?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the file is not UTF-8 here; save it as UTF-8</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a control character (0x%1) stands here; take it out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>YAML is indented with spaces, and this line begins with a tab; replace it by spaces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the file has more than %1 values; nothing that Sallyport reads needs that</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this alias stands inside what it refers to; write the value out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lists and maps are nested more than %1 deep; nothing that Sallyport reads is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a key must be a word, as in &quot;name: value&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>merge keys (&lt;&lt;) are not read; write the values out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a second document begins here; one file holds one, so take the &quot;---&quot; or &quot;...&quot; out</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Connect</name>
    <message>
        <source>Claude Code connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Claude Code not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · seen %2 (%3)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Detail</name>
    <message>
        <source>Connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Receive</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Filter</name>
    <message>
        <source>“%1:” wants a number, such as %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“is:” wants one of: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1:” wants a text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1:” is not known. Known are: %2. Put quotes around a text with a colon.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The quote is not closed.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Listener</name>
    <message>
        <source>%1 is taken by another process</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is taken by %2 (process %3)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot listen on %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LocalToken</name>
    <message>
        <source>%1 does not hold a token; delete it, and a new one is made at the next start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not a plain file; remove it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 belongs to another user; remove it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is open to other users; run chmod 600 on it to keep the token, or delete it to have a new one made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is a symbolic link; remove it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot read %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot write %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no token yet (%1); it is made when Sallyport first starts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot make the folder %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Log</name>
    <message>
        <source>bad request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not authorised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>forbidden</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>time-out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too large</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rate limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bad gateway</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unavailable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>overloaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>server error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>client error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>redirect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>receiving</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tunnel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>upgraded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refused here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>upstream failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>truncated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stalled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>client gone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>just now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sallyport::ConnectionTest</name>
    <message>
        <source>This is not the base address of a gateway; one looks like https://gateway.example/path.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 answered and took the credential.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 answered and took the credential; it has no list of models.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 answers in the form of the Messages API (status %2).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 redirects to another address; enter the address that it leads to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave /v1 off the end of the address: it is added by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 speaks HTTP but not the Messages API (status %2); check the path of the address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 wants a credential (status %2); enter one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 refused the credential (status %2); check the key and how it is sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate of %1 is not trusted: %2. A CA file of your company may be needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No address is known for %1; check the name and whether a VPN is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 did not answer within %2 seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing listens at %1; check the host and the port.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be reached: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sallyport::DetailView</name>
    <message>
        <source>Overview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Response</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>URL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>URL copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As cURL (bash)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cURL command copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Request content</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Response content</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the detail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Request content copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Response content copied</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sallyport::EmptyState</name>
    <message>
        <source>The proxy is off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing passes through until it is turned on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn it on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has called yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting on %1. Requests appear here the moment they arrive.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set up Claude Code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No request passes the filter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sallyport::EventModel</name>
    <message>
        <source>#</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Content</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sallyport::EventsPane</name>
    <message>
        <source>Events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose an event to read it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer is not an event stream.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No event yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>longest silence %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sallyport::ExchangeTableModel</name>
    <message>
        <source>#</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Host / path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Route</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1st byte</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sallyport::FilterLine</name>
    <message>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter: words, status:&gt;=400, model:haiku, is:stream, -path:count_tokens</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sallyport::Gateway</name>
    <message>
        <source>access.token: the environment variable %1 is not set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>access.token: cannot read %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>access.token: %1 is empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The configuration cannot be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Listening on %1 opens Sallyport to other machines: set access.allow_remote: true and a token in settings.yaml first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>blocked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>direct</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sallyport::LogBar</name>
    <message>
        <source>‖ Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>● Recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>◌ Finishing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>! Trouble</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>○ Off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the display, not the traffic (Ctrl+P)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget the requests that have ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show only these</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sallyport::LogTable</name>
    <message>
        <source>Requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>↓ %n new · End</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sallyport::LogWindow</name>
    <message>
        <source>Sallyport – requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detail beside the table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect Claude Code…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set up…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys (F1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The configuration was refused, the last good one goes on. %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to the filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pause and go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>follow the latest request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open the detail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>clear the filter, close the detail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>copy the selected rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>close the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this sheet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The filter understands:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sallyport::MessagePane</name>
    <message>
        <source>Fields</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Content</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy content</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No content</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No content yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first %1 shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cut when it was kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>coding not undone</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sallyport::NoticeBar</name>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide this notice</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sallyport::OverviewPane</name>
    <message>
        <source>Overview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stream</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Content</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Client</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>client</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gateway</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>forward proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tunnel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answered here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>route %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>upstream %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (kept connection)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 read from cache</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 written to cache</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 sent, %2 received</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sallyport::StatusLine</name>
    <message>
        <source>! not listening</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>○ off</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n active</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 shown of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sallyport::TrayMenu</name>
    <message numerus="yes">
        <source>Running on %1 · %n active</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Running on %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Finishing · %n active</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Trouble: not listening</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open request log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proxy on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Routes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set up…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Claude Code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy variables</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Claude Code · connected</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
