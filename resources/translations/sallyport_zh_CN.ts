<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AtomicFile</name>
    <message>
        <source>cannot write %1: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>the file is read-only</source>
        <translation>文件是只读的</translation>
    </message>
</context>
<context>
    <name>Authority</name>
    <message>
        <source>%1 cannot be used: %2; `sallyport ca remove` and `sallyport ca create` make a new authority</source>
        <translation>%1 无法使用：%2；用 `sallyport ca remove` 和 `sallyport ca create` 可以重新建立证书颁发机构</translation>
    </message>
    <message>
        <source>other users can read or write the key</source>
        <translation>其他用户可以读取或写入该密钥</translation>
    </message>
    <message>
        <source>%1 cannot be created</source>
        <translation>无法创建 %1</translation>
    </message>
    <message>
        <source>%1 cannot be removed: %2</source>
        <translation>无法删除 %1：%2</translation>
    </message>
    <message>
        <source>there is no local authority: `sallyport ca create` makes one</source>
        <translation>没有本地证书颁发机构：用 `sallyport ca create` 建立</translation>
    </message>
    <message>
        <source>the local authority has ended on %1: `sallyport ca create` makes a new one</source>
        <translation>本地证书颁发机构已于 %1 到期：用 `sallyport ca create` 建立新的</translation>
    </message>
    <message>
        <source>the local authority is not made for %1, which stands in `intercept:` since: `sallyport ca create` makes a new one</source>
        <translation>本地证书颁发机构不包含 %1，它是后来加入 `intercept:` 的：用 `sallyport ca create` 建立新的</translation>
    </message>
    <message>
        <source>the local authority ends on %1, in %2 days: `sallyport ca create` makes a new one, and this one stays trusted until then</source>
        <translation>本地证书颁发机构将于 %1 到期，还有 %2 天：用 `sallyport ca create` 建立新的，在此之前现有的仍受信任</translation>
    </message>
    <message>
        <source>another process is at the local authority; try again</source>
        <translation>另一个进程正在操作本地证书颁发机构；请重试</translation>
    </message>
    <message>
        <source>what was started before goes on trusting the old one; start it again before that ends</source>
        <translation>之前启动的程序继续信任旧的；请在旧的到期前重新启动它们</translation>
    </message>
    <message>
        <source>start Claude Code again, so that it reads %1</source>
        <translation>请重新启动 Claude Code，让它读取 %1</translation>
    </message>
    <message>
        <source>the local authority was made: %1</source>
        <translation>已建立本地证书颁发机构：%1</translation>
    </message>
    <message>
        <source>the local authority came near its end, and a new one was made: %1</source>
        <translation>本地证书颁发机构即将到期，已建立新的：%1</translation>
    </message>
    <message>
        <source>the list `intercept:` has changed, and a new local authority was made for it: %1</source>
        <translation>`intercept:` 列表已更改，已为它建立新的本地证书颁发机构：%1</translation>
    </message>
    <message>
        <source>OpenSSL cannot make a certificate</source>
        <translation>OpenSSL 无法生成证书</translation>
    </message>
    <message>
        <source>there is no host to make it for</source>
        <translation>没有可供建立的主机</translation>
    </message>
    <message>
        <source>it does not hold a key and its certificate, as it was written</source>
        <translation>其中没有写入时的密钥及其证书</translation>
    </message>
    <message>
        <source>its certificate is not bound to any host, so it is none of ours</source>
        <translation>其证书没有限定任何主机，因此不是 Sallyport 建立的</translation>
    </message>
    <message>
        <source>the local authority is not made for %1</source>
        <translation>本地证书颁发机构不包含 %1</translation>
    </message>
    <message>
        <source>OpenSSL refuses the certificate that was made for %1</source>
        <translation>OpenSSL 拒绝为 %1 生成的证书</translation>
    </message>
    <message>
        <source>%1 cannot be used: other users can write in it; `chmod 700` mends it, then make a new authority by `sallyport ca remove` and `sallyport ca create`</source>
        <translation>无法使用 %1：其他用户可以在其中写入；用 `chmod 700` 修正权限，然后用 `sallyport ca remove` 和 `sallyport ca create` 新建证书颁发机构</translation>
    </message>
</context>
<context>
    <name>Autostart</name>
    <message>
        <source>%1 cannot be removed.</source>
        <translation>无法删除 %1。</translation>
    </message>
    <message>
        <source>%1 cannot be written.</source>
        <translation>无法写入 %1。</translation>
    </message>
</context>
<context>
    <name>CaFile</name>
    <message>
        <source>cannot use the CA file %1: %2</source>
        <translation>无法使用 CA 文件 %1：%2</translation>
    </message>
    <message>
        <source>it holds no PEM certificate</source>
        <translation>其中没有 PEM 证书</translation>
    </message>
</context>
<context>
    <name>Cache</name>
    <message>
        <source>The prompts agree, but %1 lay between them: the cache is kept for 5 minutes, unless the client asks for an hour.</source>
        <translation>两次的提示词一致，但相隔 %1：除非客户端要求一小时，缓存只保留 5 分钟。</translation>
    </message>
    <message>
        <source>The prompts agree as far as they were kept; the rest cannot be compared.</source>
        <translation>在保留的范围内提示词一致；其余部分无法比较。</translation>
    </message>
    <message>
        <source>The prompts agree: the upstream did not read its cache. Another target, or another key, has another cache.</source>
        <translation>提示词一致：上游没有读取其缓存。不同的目标或不同的密钥使用不同的缓存。</translation>
    </message>
    <message>
        <source>%1 tokens were billed again</source>
        <translation>%1 个 token 被再次计费</translation>
    </message>
    <message>
        <source>, %1 more</source>
        <translation>，多付 %1</translation>
    </message>
    <message>
        <source>: %1 of the prompt came from the cache, %2 in request %3 before it</source>
        <translation>：提示词的 %1 来自缓存，而之前的请求 %3 为 %2</translation>
    </message>
    <message>
        <source>The contents of one of the two requests are no longer kept.</source>
        <translation>两个请求之一的内容已不再保留。</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>（无）</translation>
    </message>
    <message>
        <source>The prompt differs from %1 on.</source>
        <translation>提示词从 %1 起不同。</translation>
    </message>
    <message>
        <source>before: %1</source>
        <translation>之前：%1</translation>
    </message>
    <message>
        <source>now: %1</source>
        <translation>现在：%1</translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Upstream</source>
        <translation>上游</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>First byte</source>
        <translation>首字节</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>Tokens in</source>
        <translation>输入 token</translation>
    </message>
    <message>
        <source>Tokens out</source>
        <translation>输出 token</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>… the rest is not compared here</source>
        <translation>……其余部分不在此比较</translation>
    </message>
    <message>
        <source>… cut when it was kept</source>
        <translation>……保存时被截断</translation>
    </message>
</context>
<context>
    <name>Config</name>
    <message>
        <source>there is no upstream &quot;%1&quot; in this file;%2</source>
        <translation>此文件中没有上游 &quot;%1&quot;；%2</translation>
    </message>
    <message>
        <source>a response with status %1 has no content; take the body out, or write status: 200</source>
        <translation>状态为 %1 的响应没有内容；请去掉 body，或写 status: 200</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not where a redirect can point; write a URL or a path, like https://example.com/docs</source>
        <translation>&quot;%1&quot; 不能作为重定向目标；请写 URL 或路径，例如 https://example.com/docs</translation>
    </message>
    <message>
        <source>say where to: {status: 302, location: &quot;https://example.com/&quot;}</source>
        <translation>请写明去向：{status: 302, location: &quot;https://example.com/&quot;}</translation>
    </message>
    <message>
        <source>a request goes straight to the host that it names, so the route needs match: {host: …}</source>
        <translation>请求会直接发往它指明的主机，因此该路由需要 match: {host: …}</translation>
    </message>
    <message>
        <source>a route has exactly one of upstream, respond, redirect, block, direct</source>
        <translation>每条路由只能有 upstream、respond、redirect、block、direct 之一</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not an address to listen on; write HOST:PORT, like 127.0.0.1:8899 or [::1]:8899</source>
        <translation>&quot;%1&quot; 不是可监听的地址；请写 HOST:PORT，例如 127.0.0.1:8899 或 [::1]:8899</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a base URL: %2</source>
        <translation>&quot;%1&quot; 不是基础 URL：%2</translation>
    </message>
    <message>
        <source>it ends with its path; take out the query (?) and fragment (#)</source>
        <translation>它应以路径结尾；请去掉查询（?）和片段（#）</translation>
    </message>
    <message>
        <source>it has a user name in it; take that out and use credential:</source>
        <translation>其中有用户名；请去掉并改用 credential:</translation>
    </message>
    <message>
        <source>the name of the host has letters outside ASCII; write its xn-- form</source>
        <translation>主机名含有 ASCII 以外的字母；请写成 xn-- 形式</translation>
    </message>
    <message>
        <source>its path has characters or dot-segments that do not belong there</source>
        <translation>路径中有不允许的字符或点段</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a network; write an address, or one with the length of its prefix, like 169.254.0.0/16 or &quot;fe80::/10&quot;</source>
        <translation>&quot;%1&quot; 不是网络；请写一个地址，或带前缀长度的地址，例如 169.254.0.0/16 或 &quot;fe80::/10&quot;</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not the name of a host; write one without a scheme, port or path, like api.example.com</source>
        <translation>&quot;%1&quot; 不是主机名；请不带协议、端口和路径，例如 api.example.com</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a host to match; write a name, &quot;*.suffix&quot; or &quot;*&quot;</source>
        <translation>&quot;%1&quot; 不能用来匹配主机；请写名称、&quot;*.suffix&quot; 或 &quot;*&quot;</translation>
    </message>
    <message>
        <source>it must begin with http:// or https://, like https://gateway.example.com/llm</source>
        <translation>必须以 http:// 或 https:// 开头，例如 https://gateway.example.com/llm</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a host, or a host and a port</source>
        <translation>&quot;%1&quot; 不是主机，也不是主机加端口</translation>
    </message>
    <message>
        <source>there is no route &quot;%1&quot; in this file;%2</source>
        <translation>此文件中没有路由 &quot;%1&quot;；%2</translation>
    </message>
    <message>
        <source>cannot be read: %1; mend that, or move the file away to run with the defaults</source>
        <translation>无法读取：%1；请修复，或移走该文件以使用默认值</translation>
    </message>
    <message>
        <source>it is not a file</source>
        <translation>它不是文件</translation>
    </message>
    <message>
        <source>%1 is written as &quot;key: value&quot; lines, or as {key: value}</source>
        <translation>%1 要写成若干行 &quot;key: value&quot;，或 {key: value}</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a key of %2;%3</source>
        <translation>&quot;%1&quot; 不是 %2 的键；%3</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has no value; give it one, or take the line out</source>
        <translation>&quot;%1&quot; 没有值；请给出值，或删去该行</translation>
    </message>
    <message>
        <source>&quot;%1&quot; takes a single value, not a list or a map</source>
        <translation>&quot;%1&quot; 只接受单个值，不接受列表或映射</translation>
    </message>
    <message>
        <source>true and false are written without quotes or a tag</source>
        <translation>true 和 false 不加引号或标签</translation>
    </message>
    <message>
        <source>a list is needed here: [one, two], or a line &quot;- one&quot; for each</source>
        <translation>这里需要列表：[one, two]，或每项一行 &quot;- one&quot;</translation>
    </message>
    <message>
        <source>each item is a single value</source>
        <translation>每一项都是单个值</translation>
    </message>
    <message>
        <source> did you mean &quot;%1&quot;?</source>
        <translation>是否想写 &quot;%1&quot;？</translation>
    </message>
    <message>
        <source> known here: %1</source>
        <translation>此处可用：%1</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not the beginning of a path; write one like /v1/claude, without a query, dot-segments or empty segments, other characters percent-encoded</source>
        <translation>&quot;%1&quot; 不是路径的开头；请写成 /v1/claude 这样，不含查询、点段或空段，其他字符用百分号编码</translation>
    </message>
    <message>
        <source>methods are written in capitals: &quot;%1&quot; instead of &quot;%2&quot;</source>
        <translation>方法要大写：&quot;%1&quot; 而不是 &quot;%2&quot;</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a method; write one like POST</source>
        <translation>&quot;%1&quot; 不是方法；请写例如 POST</translation>
    </message>
    <message>
        <source>a request cannot go without Host; set it instead</source>
        <translation>请求不能没有 Host；请改为设置它</translation>
    </message>
    <message>
        <source>a route</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>a route needs a name, like name: claude</source>
        <translation>路由需要名称，例如 name: claude</translation>
    </message>
    <message>
        <source>there is a &quot;%1&quot; before this one; each needs a name of its own</source>
        <translation>前面已有 &quot;%1&quot;；每个都需要自己的名称</translation>
    </message>
    <message>
        <source>&quot;file:&quot; names no file; write file: and the path of the file with the secret</source>
        <translation>&quot;file:&quot; 没有指明文件；请写 file: 加上密钥文件的路径</translation>
    </message>
    <message>
        <source>this names no place of a secret; write one of %1 (the secret itself never stands in this file)</source>
        <translation>这里没有指明密钥的位置；请写 %1 之一（密钥本身绝不写在此文件中）</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is none of %2</source>
        <translation>&quot;%1&quot; 不是 %2 之一</translation>
    </message>
    <message>
        <source>; did you mean &quot;%1&quot;?</source>
        <translation>；是否想写 &quot;%1&quot;？</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a switch; write true or false</source>
        <translation>&quot;%1&quot; 不是开关值；请写 true 或 false</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a whole number from %2 to %3</source>
        <translation>&quot;%1&quot; 不是 %2 到 %3 之间的整数</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a time; write a whole number and ms, s, m, h or d, like 30s (ten years at most)</source>
        <translation>&quot;%1&quot; 不是时间；请写整数加 ms、s、m、h 或 d，例如 30s（最多十年）</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no time at all; write more than 0, like 30s</source>
        <translation>&quot;%1&quot; 等于没有时间；请写大于 0 的值，例如 30s</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a size; write a whole number of bytes, or one with KiB, MiB or GiB, like 4MiB</source>
        <translation>&quot;%1&quot; 不是大小；请写字节数，或带 KiB、MiB、GiB 的整数，例如 4MiB</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a port or a range of ports; write 443 or 1024-65535</source>
        <translation>&quot;%1&quot; 不是端口或端口范围；请写 443 或 1024-65535</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not the name of a field; write one like X-Team</source>
        <translation>&quot;%1&quot; 不是字段名；请写例如 X-Team</translation>
    </message>
    <message>
        <source>&quot;%1&quot; must stand before the content, and cannot be a trailer; write one like X-Checksum</source>
        <translation>&quot;%1&quot; 必须位于内容之前，不能作为尾部字段（trailer）；请写例如 X-Checksum</translation>
    </message>
    <message>
        <source>&quot;%1&quot; belongs to the connection, and Sallyport writes it itself; take it out</source>
        <translation>&quot;%1&quot; 属于连接本身，由 Sallyport 自己写；请删去</translation>
    </message>
    <message>
        <source>a name has 1 to 64 printable characters and no blank at its ends</source>
        <translation>名称为 1 到 64 个可打印字符，首尾不能有空格</translation>
    </message>
    <message>
        <source>fields are written {Name: value}</source>
        <translation>字段写成 {Name: value}</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is here twice; keep one of the two</source>
        <translation>&quot;%1&quot; 在此出现两次；请保留一个</translation>
    </message>
    <message>
        <source>the value of &quot;%1&quot; must be one line of text, without control characters and without blanks at its ends (&quot;&quot; for an empty one)</source>
        <translation>&quot;%1&quot; 的值必须是一行文字，没有控制字符，首尾没有空格（空值写 &quot;&quot;）</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not from %2 to %3 bytes</source>
        <translation>&quot;%1&quot; 不在 %2 到 %3 字节之间</translation>
    </message>
    <message>
        <source>%1 can be reached from other machines; write 127.0.0.1 or [::1], or set access.allow_remote: true with a token</source>
        <translation>%1 可从其他机器访问；请写 127.0.0.1 或 [::1]，或设置 access.allow_remote: true 并使用令牌</translation>
    </message>
    <message>
        <source>allow_remote: true needs a token, so that not everybody on the network can use your credential; write token: auto</source>
        <translation>allow_remote: true 需要令牌，以免网络中的任何人都能使用您的凭据；请写 token: auto</translation>
    </message>
    <message>
        <source>a target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>a target needs a url, like {url: &quot;https://gateway.example.com&quot;}</source>
        <translation>目标需要 url，例如 {url: &quot;https://gateway.example.com&quot;}</translation>
    </message>
    <message>
        <source>the sandbox answers on this machine and has no targets; take them out, or sandbox: true</source>
        <translation>沙盒在本机应答，没有目标；请删去 targets，或删去 sandbox: true</translation>
    </message>
    <message>
        <source>an upstream needs targets, like targets: [{url: &quot;https://gateway.example.com&quot;}]</source>
        <translation>上游需要目标，例如 targets: [{url: &quot;https://gateway.example.com&quot;}]</translation>
    </message>
    <message>
        <source>an upstream</source>
        <translation>上游</translation>
    </message>
    <message>
        <source>an upstream needs a name, like name: corp</source>
        <translation>上游需要名称，例如 name: corp</translation>
    </message>
    <message>
        <source>this line does not fit the list that it stands in; check its indentation, and that items begin with &quot;- &quot;</source>
        <translation>这一行与所在的列表不符；请检查缩进，以及各项是否以 &quot;- &quot; 开头</translation>
    </message>
    <message>
        <source>the map in { } is not closed, or a comma is missing in it</source>
        <translation>{ } 中的映射没有闭合，或缺少逗号</translation>
    </message>
    <message>
        <source>the list in [ ] is not closed, or a comma is missing in it</source>
        <translation>[ ] 中的列表没有闭合，或缺少逗号</translation>
    </message>
    <message>
        <source>a &quot;:&quot; is not expected here; quote a value that has one, and check the indentation</source>
        <translation>此处不应有 &quot;:&quot;；含有它的值要加引号，并请检查缩进</translation>
    </message>
    <message>
        <source>a quoted text is not closed</source>
        <translation>引号中的文字没有闭合</translation>
    </message>
    <message>
        <source>a value cannot begin with this character; put it in quotes</source>
        <translation>值不能以该字符开头；请加引号</translation>
    </message>
    <message>
        <source>a &quot;- &quot; is not expected here; check the indentation</source>
        <translation>此处不应有 &quot;- &quot;；请检查缩进</translation>
    </message>
    <message>
        <source>this alias has no anchor before it; a value that begins with &quot;*&quot; must be quoted</source>
        <translation>此别名之前没有锚点；以 &quot;*&quot; 开头的值必须加引号</translation>
    </message>
    <message>
        <source>this is not valid YAML: %1</source>
        <translation>不是有效的 YAML：%1</translation>
    </message>
    <message>
        <source>the file is larger than %1 MiB; is it the right one?</source>
        <translation>文件大于 %1 MiB；是否选对了文件？</translation>
    </message>
    <message>
        <source>the file is not UTF-8 here; save it as UTF-8</source>
        <translation>文件在此处不是 UTF-8；请保存为 UTF-8</translation>
    </message>
    <message>
        <source>a control character (0x%1) stands here; take it out</source>
        <translation>此处有控制字符（0x%1）；请删去</translation>
    </message>
    <message>
        <source>YAML is indented with spaces, and this line begins with a tab; replace it by spaces</source>
        <translation>YAML 用空格缩进，而这一行以制表符开头；请换成空格</translation>
    </message>
    <message>
        <source>the file has more than %1 values; nothing that Sallyport reads needs that</source>
        <translation>文件中的值超过 %1 个；Sallyport 读取的文件不需要这么多</translation>
    </message>
    <message>
        <source>this alias stands inside what it refers to; write the value out</source>
        <translation>此别名位于它所引用的内容之中；请直接写出值</translation>
    </message>
    <message>
        <source>lists and maps are nested more than %1 deep; nothing that Sallyport reads is</source>
        <translation>列表和映射的嵌套超过 %1 层；Sallyport 读取的文件不会这样</translation>
    </message>
    <message>
        <source>a key must be a word, as in &quot;name: value&quot;</source>
        <translation>键必须是一个词，例如 &quot;name: value&quot;</translation>
    </message>
    <message>
        <source>merge keys (&lt;&lt;) are not read; write the values out</source>
        <translation>不支持合并键（&lt;&lt;）；请直接写出值</translation>
    </message>
    <message>
        <source>a second document begins here; one file holds one, so take the &quot;---&quot; or &quot;...&quot; out</source>
        <translation>这里开始了第二个文档；一个文件只能有一个，请删去 &quot;---&quot; 或 &quot;...&quot;</translation>
    </message>
    <message>
        <source>a &quot;]&quot; or &quot;}&quot; stands here that nothing opened</source>
        <translation>此处的 &quot;]&quot; 或 &quot;}&quot; 没有对应的开头</translation>
    </message>
    <message>
        <source>the quote that opens here is not closed</source>
        <translation>从这里开始的引号没有闭合</translation>
    </message>
    <message>
        <source>this does not continue what stands before it; check its indentation, and the blank behind a &quot;:&quot;</source>
        <translation>这与前文不相接；请检查缩进，以及 &quot;:&quot; 后的空格</translation>
    </message>
    <message>
        <source>this does not fit the map that it stands in; check its indentation, that keys are written &quot;key: value&quot;, and quote a value like &quot;[::1]:80&quot;</source>
        <translation>这与所在的映射不符；请检查缩进，键是否写成 &quot;key: value&quot;，并给 &quot;[::1]:80&quot; 这样的值加引号</translation>
    </message>
    <message>
        <source>what stands behind &quot;env:&quot; is not the name of an environment variable; write one like env:CORP_API_KEY</source>
        <translation>&quot;env:&quot; 后面的内容不是环境变量名；请写例如 env:CORP_API_KEY</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a host to open tunnels to; write a name, an address or &quot;*.suffix&quot;, with a port where it is not 443, like api.example.com or git.example.com:8443</source>
        <translation>&quot;%1&quot; 不能作为要打开隧道的主机；请写名称、地址或 &quot;*.suffix&quot;，端口不是 443 时带上端口，例如 api.example.com 或 git.example.com:8443</translation>
    </message>
    <message>
        <source>this cannot be changed here without changing something else; edit the file by hand</source>
        <translation>这里无法只改这一处而不影响其他内容；请手动编辑文件</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a part of a whole; write one from 1% to 100%, like 50%</source>
        <translation>“%1”不是百分比；请写 1% 到 100% 之间的值，例如 50%</translation>
    </message>
    <message>
        <source>this target is there before; give one target more of the requests by weight</source>
        <translation>这个目标前面已经有了；要让一个目标分到更多请求，请用 weight</translation>
    </message>
    <message>
        <source>an upstream has at most %1 targets</source>
        <translation>一个上游最多有 %1 个目标</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a path; write one like /healthz, without blanks</source>
        <translation>“%1”不是路径；请写成 /healthz 这样，不含空格</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is too often; write 100ms or more, like 10s</source>
        <translation>“%1”太频繁；请写 100ms 或更长，例如 10s</translation>
    </message>
    <message>
        <source>no route takes POST /v1/messages, so say which upstream is meant: --upstream %1</source>
        <translation>没有路由接收 POST /v1/messages，请指明使用哪个上游：--upstream %1</translation>
    </message>
    <message>
        <source>the list &quot;%1&quot; cannot be added to here without changing something else; write it with one &quot;- &quot; for each entry</source>
        <translation>无法在不改动其他内容的情况下向列表“%1”添加条目；请将其改写为每个条目以“- ”开头的形式</translation>
    </message>
    <message>
        <source>only a route with an upstream has tokens counted; take this line out</source>
        <translation>只有带上游的路由才会计算 token；请删去这一行</translation>
    </message>
    <message>
        <source>health needs the path that is asked, like health: {path: /healthz}</source>
        <translation>health 需要要询问的路径，例如 health: {path: /healthz}</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>HTTP counts the age of a response in whole seconds; write one like 300s</source>
        <translation>HTTP 以整秒计算响应的存留时间；请写成 300s 这样的值</translation>
    </message>
    <message>
        <source>a cache has at least 64KiB; one response may take an eighth of it</source>
        <translation>缓存至少为 64KiB；单个响应最多可占其八分之一</translation>
    </message>
    <message>
        <source>only what an upstream sends is stored; take it out, or give the route an upstream</source>
        <translation>只存储上游发来的响应；请去掉它，或给该路由指定上游</translation>
    </message>
    <message>
        <source>upstream “%1”: the certificate of the server is not verified (tls.verify: false), so anybody on the way can read and change what is sent; name the CA in tls.ca_file instead</source>
        <translation>上游“%1”：不验证服务器的证书（tls.verify: false），途中任何人都可以读取和更改发送的内容；请改用 tls.ca_file 指定 CA</translation>
    </message>
    <message>
        <source>a key belongs to a certificate; name that as cert</source>
        <translation>密钥必须与证书一起使用；请用 cert 指定证书</translation>
    </message>
    <message>
        <source>is longer than metadata; write as long or shorter</source>
        <translation>比 metadata 长；请写成相同或更短</translation>
    </message>
    <message>
        <source>a client&apos;s token is in a variable or a file; write env:NAME or file:PATH</source>
        <translation>客户端的令牌位于变量或文件中；请写 env:NAME 或 file:PATH</translation>
    </message>
    <message>
        <source>there is no upstream &quot;%1&quot; in routes.yaml;%2</source>
        <translation>routes.yaml 中没有上游 &quot;%1&quot;；%2</translation>
    </message>
    <message>
        <source>a client</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>a client needs a name and a token, like {name: ada, token: env:ADA_TOKEN}</source>
        <translation>客户端需要名称和令牌，例如 {name: ada, token: env:ADA_TOKEN}</translation>
    </message>
    <message>
        <source>none is no key; take it out, or write credential: none alone</source>
        <translation>none 不是密钥；请删去，或单独写 credential: none</translation>
    </message>
    <message>
        <source>a list of 1 to %1 keys is needed here, like [env:KEY_A, env:KEY_B]</source>
        <translation>这里需要 1 到 %1 个密钥的列表，例如 [env:KEY_A, env:KEY_B]</translation>
    </message>
    <message>
        <source>requests wait for the command; write 5m or less</source>
        <translation>请求会等待该命令；请写 5m 或更短</translation>
    </message>
    <message>
        <source>an argument cannot hold a NUL</source>
        <translation>参数中不能有 NUL</translation>
    </message>
    <message>
        <source>the program and its arguments are needed here, like [corp-token, --print]</source>
        <translation>这里需要程序及其参数，例如 [corp-token, --print]</translation>
    </message>
    <message>
        <source>an upstream has one of credential, credentials and credential_command; take the others out</source>
        <translation>上游只能有 credential、credentials 和 credential_command 之一；请删去其余的</translation>
    </message>
    <message>
        <source>a rate is of a day at most; write 24h or less</source>
        <translation>速率的时间最长为一天；请写 24h 或更短</translation>
    </message>
    <message>
        <source>rate needs requests and per, like {requests: 60, per: 1m, burst: 20}</source>
        <translation>rate 需要 requests 和 per，例如 {requests: 60, per: 1m, burst: 20}</translation>
    </message>
    <message>
        <source>in_flight needs a number, like in_flight: 4, or {max: 4, queue: 64, wait: 30s}</source>
        <translation>in_flight 需要一个数，例如 in_flight: 4，或 {max: 4, queue: 64, wait: 30s}</translation>
    </message>
    <message>
        <source>names are written {&quot;claude-opus-*&quot;: corp-large}, %1 at most</source>
        <translation>名称写成 {&quot;claude-opus-*&quot;: corp-large}，最多 %1 个</translation>
    </message>
    <message>
        <source>&quot;%1&quot; and its value are names of models of 1 to 256 bytes, with * for any text on the left only</source>
        <translation>&quot;%1&quot; 及其值是 1 到 256 字节的模型名，只有左边可以用 * 表示任意文字</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a value of anthropic-beta; write one like context-1m-2025-08-07</source>
        <translation>&quot;%1&quot; 不是 anthropic-beta 的值；请写例如 context-1m-2025-08-07</translation>
    </message>
    <message>
        <source>without model nothing is renamed; add model, or take this out</source>
        <translation>没有 model 就不会改名；请加上 model，或删去此项</translation>
    </message>
    <message>
        <source>what stands behind &quot;keychain:&quot; is not the name of an entry; write one of 1 to 128 printable characters, like keychain:corp</source>
        <translation>&quot;keychain:&quot; 后面的内容不是条目名；请写 1 到 128 个可打印字符，例如 keychain:corp</translation>
    </message>
    <message>
        <source>history.enabled cannot be changed here without changing something else; edit the file by hand</source>
        <translation>在这里修改 history.enabled 会同时改变其他内容；请手动编辑该文件</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no speed; write a whole number from 1 (as recorded) to 1000 (times as fast), or max (without pauses)</source>
        <translation>&quot;%1&quot; 不是速度；请写 1（与录制时相同）到 1000（倍速）的整数，或 max（没有停顿）</translation>
    </message>
    <message>
        <source>this names a file with recorded exchanges, like replay: bug-4711.jsonl</source>
        <translation>此处写录制文件的名称，例如 replay: bug-4711.jsonl</translation>
    </message>
    <message>
        <source>only recorded exchanges have a speed; name them in replay</source>
        <translation>只有录制的交换才有速度；请在 replay 中写明文件</translation>
    </message>
    <message>
        <source>an upstream is a sandbox or plays recorded exchanges; take one of the two out</source>
        <translation>上游要么是沙盒，要么重放录制的交换；请去掉其中之一</translation>
    </message>
    <message>
        <source>recorded exchanges are served on this machine and have no targets; take them out, or replay</source>
        <translation>录制的交换由本机提供，没有目标；请去掉 targets，或去掉 replay</translation>
    </message>
    <message>
        <source>a proxy is spoken to in plain HTTP and begins with http://</source>
        <translation>与代理之间使用明文 HTTP，地址以 http:// 开头</translation>
    </message>
    <message>
        <source>a proxy has no path, query or fragment</source>
        <translation>代理地址不带路径、查询或片段</translation>
    </message>
    <message>
        <source>its user is empty, or has a colon or a control character</source>
        <translation>其用户名为空，或含有冒号或控制字符</translation>
    </message>
    <message>
        <source>it needs a host and a port</source>
        <translation>需要主机和端口</translation>
    </message>
    <message>
        <source>a password belongs to a user; name that in via, like http://alice@proxy.example.com:3128</source>
        <translation>密码属于某个用户；请在 via 中写明用户，例如 http://alice@proxy.example.com:3128</translation>
    </message>
    <message>
        <source>there is a password in via already; take one of the two out</source>
        <translation>via 中已有密码；请去掉其中一个</translation>
    </message>
    <message>
        <source>this is no way out: %1; write direct, system, or http://proxy.example.com:3128</source>
        <translation>这不是可用的出口：%1；请写 direct、system，或 http://proxy.example.com:3128</translation>
    </message>
    <message>
        <source>%1 is being written by another Sallyport</source>
        <translation>另一个 Sallyport 正在写入 %1</translation>
    </message>
    <message>
        <source>%1 was changed by another program meanwhile; nothing is written</source>
        <translation>%1 在此期间被另一个程序更改；未写入任何内容</translation>
    </message>
    <message>
        <source>%1 cannot be removed</source>
        <translation>%1 无法删除</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>没有这个文件</translation>
    </message>
    <message>
        <source>the route that takes the requests of Claude Code leads to no upstream; edit the file by hand</source>
        <translation>接收 Claude Code 请求的路由不通向任何上游；请手动编辑该文件</translation>
    </message>
    <message>
        <source>other rules are written as &quot;key: value&quot;, one on a line</source>
        <translation>其他规则写作 &quot;key: value&quot;，每行一条</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has a field of its own in this form</source>
        <translation>&quot;%1&quot; 在此表单中有自己的字段</translation>
    </message>
    <message>
        <source>this cannot be changed here without changing something else, since the file has anchors and aliases; edit it by hand</source>
        <translation>该文件含有锚点和别名，在此更改会连带改动其他内容；请手动编辑</translation>
    </message>
</context>
<context>
    <name>Connect</name>
    <message>
        <source>Claude Code connected</source>
        <translation>Claude Code 已连接</translation>
    </message>
    <message>
        <source>Claude Code not connected</source>
        <translation>Claude Code 未连接</translation>
    </message>
    <message>
        <source>%1 · seen %2 (%3)</source>
        <translation>%1 · 最近请求 %2 (%3)</translation>
    </message>
    <message>
        <source>Claude Code cannot reach Sallyport</source>
        <translation>Claude Code 无法到达 Sallyport</translation>
    </message>
</context>
<context>
    <name>Conversation</name>
    <message>
        <source>System prompt</source>
        <translation>系统提示词</translation>
    </message>
    <message numerus="yes">
        <source>%n tool(s)</source>
        <translation>
            <numerusform>%n 个工具</numerusform>
        </translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>思考</translation>
    </message>
    <message>
        <source>Tool call</source>
        <translation>工具调用</translation>
    </message>
    <message>
        <source>✕ Result: error</source>
        <translation>✕ 结果：错误</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>✕ Error</source>
        <translation>✕ 错误</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>内容块</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>助手</translation>
    </message>
</context>
<context>
    <name>Detail</name>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Receive</source>
        <translation>接收</translation>
    </message>
</context>
<context>
    <name>Doctor</name>
    <message>
        <source>%1 sets it and wins over your settings: change it there.</source>
        <translation>%1 设置了它，优先于您的设置：请在那里修改。</translation>
    </message>
    <message>
        <source>Claude Code is pointed at Sallyport, and none is running: all its requests fail. Start Sallyport, or take the settings back.</source>
        <translation>Claude Code 指向 Sallyport，但没有 Sallyport 在运行：它的所有请求都会失败。请启动 Sallyport，或撤回这些设置。</translation>
    </message>
    <message>
        <source>Takes back what Sallyport wrote into %1</source>
        <translation>撤回 Sallyport 写入 %1 的内容</translation>
    </message>
    <message>
        <source>Claude Code is pointed at an address that Sallyport has left; it listens at %1 now.</source>
        <translation>Claude Code 指向的地址 Sallyport 已不再使用；它现在监听 %1。</translation>
    </message>
    <message>
        <source>Claude Code goes elsewhere, not through Sallyport.</source>
        <translation>Claude Code 连接到别处，没有经过 Sallyport。</translation>
    </message>
    <message>
        <source>Connects Claude Code: writes what Connect writes into %1</source>
        <translation>连接 Claude Code：将“连接”所写的内容写入 %1</translation>
    </message>
    <message>
        <source>Sets %1 to nothing in %2</source>
        <translation>在 %2 中将 %1 设为空</translation>
    </message>
    <message>
        <source>Sets %1 in %2</source>
        <translation>在 %2 中设置 %1</translation>
    </message>
    <message>
        <source>the port of %1 is held by %2 (process %3)</source>
        <translation>%1 的端口由 %2（进程 %3）占用</translation>
    </message>
    <message>
        <source>Sallyport listens at %1 and answers.</source>
        <translation>Sallyport 正在 %1 监听并有响应。</translation>
    </message>
    <message>
        <source>Sallyport runs at %1, but does not answer: %2.</source>
        <translation>Sallyport 在 %1 运行，但没有响应：%2。</translation>
    </message>
    <message>
        <source>settings.yaml cannot be read, so the address is unknown.</source>
        <translation>无法读取 settings.yaml，因此不知道地址。</translation>
    </message>
    <message>
        <source>Another program has the port of %1. End it, or change listen: in settings.yaml, then start Sallyport.</source>
        <translation>另一个程序占用了 %1 的端口。请结束该程序，或修改 settings.yaml 中的 listen:，然后启动 Sallyport。</translation>
    </message>
    <message>
        <source>Sallyport is not running. Turn the proxy on in the tray, or start `sallyport serve`.</source>
        <translation>Sallyport 未运行。请在托盘中启用代理，或启动 `sallyport serve`。</translation>
    </message>
    <message>
        <source>Claude Code leads to Sallyport at %1.</source>
        <translation>Claude Code 经由 %1 的 Sallyport。</translation>
    </message>
    <message>
        <source>Claude Code is not pointed at Sallyport.</source>
        <translation>Claude Code 没有指向 Sallyport。</translation>
    </message>
    <message>
        <source>No base address ends in /v1.</source>
        <translation>没有以 /v1 结尾的基地址。</translation>
    </message>
    <message>
        <source>A target ends in /v1: requests go to /v1/v1/messages there. Leave /v1 off in routes.yaml.</source>
        <translation>有目标以 /v1 结尾：请求会发往那里的 /v1/v1/messages。请在 routes.yaml 中去掉 /v1。</translation>
    </message>
    <message>
        <source>ANTHROPIC_BASE_URL ends in /v1: Claude Code adds /v1/messages to it and asks for /v1/v1/messages.</source>
        <translation>ANTHROPIC_BASE_URL 以 /v1 结尾：Claude Code 会在其后加上 /v1/messages，从而请求 /v1/v1/messages。</translation>
    </message>
    <message>
        <source>ends on %1</source>
        <translation>于 %1 到期</translation>
    </message>
    <message>
        <source>Claude Code does not trust the local CA: its requests to intercepted hosts fail. NODE_EXTRA_CA_CERTS has to name %1.</source>
        <translation>Claude Code 不信任本地 CA：它对被拦截主机的请求会失败。NODE_EXTRA_CA_CERTS 必须指向 %1。</translation>
    </message>
    <message>
        <source>Append its text to the file that is named now.</source>
        <translation>请将其内容追加到目前所指的文件中。</translation>
    </message>
    <message>
        <source>Hosts are to be intercepted, and there is no local CA that can be used. Make one with `sallyport ca create`.</source>
        <translation>需要拦截主机，但没有可用的本地 CA。请用 `sallyport ca create` 创建一个。</translation>
    </message>
    <message>
        <source>No host is intercepted for Claude Code, so no local CA is needed.</source>
        <translation>没有为 Claude Code 拦截任何主机，因此不需要本地 CA。</translation>
    </message>
    <message>
        <source>The local CA has ended. Make a new one with `sallyport ca create` and connect again.</source>
        <translation>本地 CA 已到期。请用 `sallyport ca create` 创建新的 CA，然后重新连接。</translation>
    </message>
    <message>
        <source>The local CA ends in %1 days. Make a new one with `sallyport ca create` and connect again.</source>
        <translation>本地 CA 将在 %1 天后到期。请用 `sallyport ca create` 创建新的 CA，然后重新连接。</translation>
    </message>
    <message>
        <source>Claude Code trusts the local CA.</source>
        <translation>Claude Code 信任本地 CA。</translation>
    </message>
    <message>
        <source>There is a local CA, and it has not ended.</source>
        <translation>本地 CA 存在且未到期。</translation>
    </message>
    <message>
        <source>Version of Claude Code</source>
        <translation>Claude Code 的版本</translation>
    </message>
    <message>
        <source>Gateway: name</source>
        <translation>网关：名称</translation>
    </message>
    <message>
        <source>Gateway: connection</source>
        <translation>网关：连接</translation>
    </message>
    <message>
        <source>Gateway: TLS</source>
        <translation>网关：TLS</translation>
    </message>
    <message>
        <source>Gateway: HTTP</source>
        <translation>网关：HTTP</translation>
    </message>
    <message>
        <source>Gateway: models</source>
        <translation>网关：模型</translation>
    </message>
    <message>
        <source>%1 = %2, from %3</source>
        <translation>%1 = %2，来自%3</translation>
    </message>
    <message>
        <source>a comment, or a comma after the last member</source>
        <translation>注释，或最后一个成员之后的逗号</translation>
    </message>
    <message>
        <source>managed settings</source>
        <translation>托管设置</translation>
    </message>
    <message>
        <source>the project&apos;s local settings</source>
        <translation>项目的本地设置</translation>
    </message>
    <message>
        <source>the project&apos;s settings</source>
        <translation>项目的设置</translation>
    </message>
    <message>
        <source>your settings</source>
        <translation>您的设置</translation>
    </message>
    <message>
        <source>what Claude Code remembers</source>
        <translation>Claude Code 记住的内容</translation>
    </message>
    <message>
        <source>the environment</source>
        <translation>环境变量</translation>
    </message>
    <message>
        <source>Approves this API key in %1</source>
        <translation>在 %1 中批准此 API 密钥</translation>
    </message>
    <message>
        <source>Claude Code does not use Sallyport as its gateway, so no token is shown.</source>
        <translation>Claude Code 没有把 Sallyport 用作网关，因此不出示令牌。</translation>
    </message>
    <message>
        <source>Sallyport asks for no token (access.token: none).</source>
        <translation>Sallyport 不要求令牌（access.token: none）。</translation>
    </message>
    <message>
        <source>Claude Code shows the token that Sallyport asks for.</source>
        <translation>Claude Code 出示了 Sallyport 要求的令牌。</translation>
    </message>
    <message>
        <source>Claude Code shows another token than the one that Sallyport asks for: its requests get 401.</source>
        <translation>Claude Code 出示的令牌与 Sallyport 要求的不同：它的请求会得到 401。</translation>
    </message>
    <message>
        <source>No credential is set for Claude Code.</source>
        <translation>没有为 Claude Code 设置凭据。</translation>
    </message>
    <message>
        <source>One credential is set for Claude Code.</source>
        <translation>为 Claude Code 设置了一个凭据。</translation>
    </message>
    <message>
        <source>Claude Code has a token and an API key, and sends both. Sallyport strips both; elsewhere the one that is meant may not be the one that counts. Keep one of them.</source>
        <translation>Claude Code 同时有令牌和 API 密钥，并且两者都会发送。Sallyport 会把两者都去掉；在别处，起作用的可能不是您想要的那个。请只保留一个。</translation>
    </message>
    <message>
        <source>No ANTHROPIC_API_KEY is used.</source>
        <translation>没有使用 ANTHROPIC_API_KEY。</translation>
    </message>
    <message>
        <source>ANTHROPIC_API_KEY is approved.</source>
        <translation>ANTHROPIC_API_KEY 已获批准。</translation>
    </message>
    <message>
        <source>ANTHROPIC_API_KEY is not approved: Claude Code asks about it at its start, with No as the answer that Enter gives, and does not use it before that.</source>
        <translation>ANTHROPIC_API_KEY 未获批准：Claude Code 启动时会询问，按 Enter 的答案是“否”，在此之前不会使用它。</translation>
    </message>
    <message>
        <source>%1 was written into %2. `sallyport env undo`, or Disconnect in the tray, takes it back.</source>
        <translation>已将 %1 写入 %2。用 `sallyport env undo` 或托盘中的“断开连接”可以撤回。</translation>
    </message>
    <message>
        <source>What Sallyport wrote into %1 was taken back. Running sessions of Claude Code keep the old values until they are started anew.</source>
        <translation>已撤回 Sallyport 写入 %1 的内容。正在运行的 Claude Code 会话在重新启动之前仍使用旧值。</translation>
    </message>
    <message>
        <source>fix: sallyport doctor --fix %1 (%2)</source>
        <translation>修复：sallyport doctor --fix %1（%2）</translation>
    </message>
    <message>
        <source>A file of Sallyport&apos;s is refused: %1</source>
        <translation>Sallyport 的一个文件被拒绝：%1</translation>
    </message>
    <message>
        <source>settings.yaml and routes.yaml are in order.</source>
        <translation>settings.yaml 和 routes.yaml 正常。</translation>
    </message>
    <message>
        <source>There is no routes.yaml yet: the built-in sandbox answers.</source>
        <translation>还没有 routes.yaml：由内置沙盒响应。</translation>
    </message>
    <message>
        <source>Certificates are checked on every way.</source>
        <translation>每条路径上的证书都会被检查。</translation>
    </message>
    <message>
        <source>The certificate of %1 is not checked (verify: false): anybody on the way can read along. Put the CA&apos;s PEM in tls.ca_file instead.</source>
        <translation>不检查 %1 的证书（verify: false）：途中任何人都能读取内容。请改为把 CA 的 PEM 放入 tls.ca_file。</translation>
    </message>
    <message>
        <source>Claude Code checks no certificate at all (NODE_TLS_REJECT_UNAUTHORIZED=0): anybody on the way can read along. Name the CA in NODE_EXTRA_CA_CERTS instead.</source>
        <translation>Claude Code 完全不检查证书（NODE_TLS_REJECT_UNAUTHORIZED=0）：途中任何人都能读取内容。请改为在 NODE_EXTRA_CA_CERTS 中指定 CA。</translation>
    </message>
    <message>
        <source>The names of the gateways are known.</source>
        <translation>网关的名称可以解析。</translation>
    </message>
    <message>
        <source>The gateways take connections.</source>
        <translation>网关接受连接。</translation>
    </message>
    <message>
        <source>The gateways&apos; certificates are trusted.</source>
        <translation>网关的证书受信任。</translation>
    </message>
    <message>
        <source>The gateways&apos; models were asked for.</source>
        <translation>已查询网关的模型。</translation>
    </message>
    <message>
        <source>No route leads to a gateway: the sandbox answers.</source>
        <translation>没有路由通往网关：由沙盒响应。</translation>
    </message>
    <message>
        <source>Not reached: a step before it failed.</source>
        <translation>未到达：之前的步骤失败。</translation>
    </message>
    <message>
        <source>No gateway has answered with its time.</source>
        <translation>没有网关在响应中给出时间。</translation>
    </message>
    <message>
        <source>%1 is at %2, this computer at %3</source>
        <translation>%1 的时间是 %2，本机是 %3</translation>
    </message>
    <message>
        <source>The clock of this computer agrees with a gateway&apos;s.</source>
        <translation>本机的时钟与网关的一致。</translation>
    </message>
    <message>
        <source>The clock of this computer is %1 seconds off: certificates and tokens may be refused. Let the system set its time by NTP.</source>
        <translation>本机的时钟偏差 %1 秒：证书和令牌可能被拒绝。请让系统通过 NTP 校时。</translation>
    </message>
    <message>
        <source>%1; the first to end ends on %2</source>
        <translation>%1；其中最早的于 %2 到期</translation>
    </message>
    <message>
        <source>no name server answered within 5 seconds</source>
        <translation>5 秒内没有名称服务器响应</translation>
    </message>
    <message>
        <source>is an address</source>
        <translation>是 IP 地址</translation>
    </message>
    <message>
        <source>No address is known for %1 (%2): check the name and whether a VPN is needed.</source>
        <translation>找不到 %1 的地址（%2）：请检查名称以及是否需要 VPN。</translation>
    </message>
    <message>
        <source>is plain http</source>
        <translation>是明文 http</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1：%2。</translation>
    </message>
    <message>
        <source>it has no list of models</source>
        <translation>没有模型列表</translation>
    </message>
    <message>
        <source>There is no claude in PATH.</source>
        <translation>PATH 中没有 claude。</translation>
    </message>
    <message>
        <source>No file beside claude tells its version, and it is not run to ask for it.</source>
        <translation>claude 旁边没有文件说明其版本，检查不会运行它来查询。</translation>
    </message>
    <message>
        <source>With Node before 22, npm installs Claude Code 2.1.197 without a word instead of the latest. Name the version, or update Node: npm install -g @anthropic-ai/claude-code@2.1.329</source>
        <translation>Node 低于 22 时，npm 会不加提示地安装 Claude Code 2.1.197，而不是最新版本。请指定版本，或更新 Node：npm install -g @anthropic-ai/claude-code@2.1.329</translation>
    </message>
    <message>
        <source>Claude Code %1 is installed.</source>
        <translation>已安装 Claude Code %1。</translation>
    </message>
    <message>
        <source>There is room for the log and the journal.</source>
        <translation>日志和变更记录有足够的空间。</translation>
    </message>
    <message>
        <source>The file system does not tell how much room it has.</source>
        <translation>文件系统没有提供可用空间。</translation>
    </message>
    <message>
        <source>%1 free</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>There is little room on the disk: settings cannot be changed safely and the log ends when it is full.</source>
        <translation>磁盘空间不足：占满后无法安全地修改设置，日志也会中断。</translation>
    </message>
    <message>
        <source>No proxy is set for Claude Code.</source>
        <translation>没有为 Claude Code 设置代理。</translation>
    </message>
    <message>
        <source>Sallyport itself is the proxy.</source>
        <translation>代理就是 Sallyport。</translation>
    </message>
    <message>
        <source>The base URL is not on this machine, so nothing has to go past the proxy.</source>
        <translation>基地址不在本机，因此无需绕过代理。</translation>
    </message>
    <message>
        <source>NO_PROXY keeps requests to Sallyport off the proxy.</source>
        <translation>NO_PROXY 使发往 Sallyport 的请求不经代理。</translation>
    </message>
    <message>
        <source>A proxy is set and NO_PROXY does not exempt %1: Claude Code sends even requests to this machine to the proxy.</source>
        <translation>设置了代理，而 NO_PROXY 没有排除 %1：Claude Code 连发往本机的请求也会交给代理。</translation>
    </message>
    <message>
        <source>ALL_PROXY is not set.</source>
        <translation>未设置 ALL_PROXY。</translation>
    </message>
    <message>
        <source>ALL_PROXY is set: Claude Code sends some of its https requests to that proxy without CONNECT, which most proxies refuse. Use HTTPS_PROXY instead.</source>
        <translation>设置了 ALL_PROXY：Claude Code 的部分 https 请求会不经 CONNECT 直接发给该代理，大多数代理会拒绝。请改用 HTTPS_PROXY。</translation>
    </message>
    <message>
        <source>status %1</source>
        <translation>状态码 %1</translation>
    </message>
    <message>
        <source>The connectivity check of a first start is met through Sallyport.</source>
        <translation>首次启动的连通性检查可以通过 Sallyport 完成。</translation>
    </message>
    <message>
        <source>Claude Code&apos;s first start fails with &quot;Unable to connect to Anthropic services&quot;: both addresses must give 200. `sallyport config preset intranet` writes routes that answer them.</source>
        <translation>Claude Code 首次启动会以“Unable to connect to Anthropic services”失败：两个地址都必须返回 200。`sallyport config preset intranet` 会写入响应它们的路由。</translation>
    </message>
    <message>
        <source>Claude Code skips its connectivity check.</source>
        <translation>Claude Code 会跳过连通性检查。</translation>
    </message>
    <message>
        <source>A first start of Claude Code asks two hosts on the internet and ends when they cannot be reached. From here they were not asked. Connected with Sallyport it does not ask.</source>
        <translation>Claude Code 首次启动会访问互联网上的两台主机，无法访问时即退出。这里没有访问它们。连接到 Sallyport 之后它就不会访问。</translation>
    </message>
    <message>
        <source>WebFetch asks no host on the internet before it fetches.</source>
        <translation>WebFetch 抓取之前不会访问互联网上的主机。</translation>
    </message>
    <message>
        <source>What WebFetch asks before it fetches is answered.</source>
        <translation>WebFetch 抓取之前的查询有响应。</translation>
    </message>
    <message>
        <source>Claude Code does not lead to Sallyport.</source>
        <translation>Claude Code 没有经由 Sallyport。</translation>
    </message>
    <message>
        <source>WebFetch asks api.anthropic.com about every domain first; where that cannot be reached, every WebFetch fails.</source>
        <translation>WebFetch 会先就每个域名访问 api.anthropic.com；无法访问时，每次 WebFetch 都会失败。</translation>
    </message>
    <message>
        <source>not an object in braces</source>
        <translation>不是花括号中的对象</translation>
    </message>
    <message>
        <source>&quot;env&quot; is not an object in braces</source>
        <translation>“env”不是花括号中的对象</translation>
    </message>
    <message>
        <source>the key %1 is there twice</source>
        <translation>键 %1 出现了两次</translation>
    </message>
    <message>
        <source>not valid JSON: %1</source>
        <translation>不是有效的 JSON：%1</translation>
    </message>
    <message>
        <source>in order</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Claude Code does not read one of its settings files. Mend the line that is named: nothing in that file counts until then.</source>
        <translation>Claude Code 不会读取它的一个设置文件。请修正所指的行：在此之前该文件中的内容都不起作用。</translation>
    </message>
    <message>
        <source>Claude Code has no settings file yet.</source>
        <translation>Claude Code 还没有设置文件。</translation>
    </message>
    <message>
        <source>Claude Code can read its settings files.</source>
        <translation>Claude Code 可以读取它的设置文件。</translation>
    </message>
    <message>
        <source>not used: %1</source>
        <translation>未使用：%1</translation>
    </message>
    <message>
        <source>What `claude --settings` is given wins over all but managed settings; it cannot be seen from here. The environment is that of this process.</source>
        <translation>`claude --settings` 的内容优先于除托管设置之外的一切；从这里无法得知。环境变量是本进程的。</translation>
    </message>
    <message>
        <source>For each variable that matters here, this is the value that Claude Code uses.</source>
        <translation>这里列出了每个相关变量中 Claude Code 所使用的值。</translation>
    </message>
    <message>
        <source>None of the variables that matter here is set.</source>
        <translation>没有设置任何相关的变量。</translation>
    </message>
    <message>
        <source>The credential of %1 cannot be read (%2).</source>
        <translation>无法读取 %1 的凭据（%2）。</translation>
    </message>
    <message>
        <source>it answers and wants a credential, which is not read from here</source>
        <translation>有响应并要求凭据，这里不读取该凭据</translation>
    </message>
    <message>
        <source>Settings files</source>
        <translation>设置文件</translation>
    </message>
    <message>
        <source>Values in use</source>
        <translation>实际使用的值</translation>
    </message>
    <message>
        <source>Listener</source>
        <translation>监听</translation>
    </message>
    <message>
        <source>Address of Sallyport</source>
        <translation>Sallyport 的地址</translation>
    </message>
    <message>
        <source>Base addresses</source>
        <translation>基地址</translation>
    </message>
    <message>
        <source>Local token</source>
        <translation>本地令牌</translation>
    </message>
    <message>
        <source>Credentials</source>
        <translation>凭据</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API 密钥</translation>
    </message>
    <message>
        <source>NO_PROXY</source>
        <translation>NO_PROXY</translation>
    </message>
    <message>
        <source>ALL_PROXY</source>
        <translation>ALL_PROXY</translation>
    </message>
    <message>
        <source>WebFetch&apos;s preflight</source>
        <translation>WebFetch 预检</translation>
    </message>
    <message>
        <source>Connectivity check</source>
        <translation>连通性检查</translation>
    </message>
    <message>
        <source>Local CA</source>
        <translation>本地 CA</translation>
    </message>
    <message>
        <source>Sallyport&apos;s files</source>
        <translation>Sallyport 的文件</translation>
    </message>
    <message>
        <source>Checks of certificates</source>
        <translation>证书检查</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>is left to the way of via</source>
        <translation>交给 via 的出口处理</translation>
    </message>
    <message>
        <source>What no route takes goes on by %1 (forward.via)</source>
        <translation>没有路由接收的请求经 %1 转发（forward.via）</translation>
    </message>
    <message>
        <source>the proxy that the system names</source>
        <translation>系统给出的代理</translation>
    </message>
    <message>
        <source>the proxy %1</source>
        <translation>代理 %1</translation>
    </message>
    <message>
        <source>No name has to be looked up here for a gateway.</source>
        <translation>无需在本机为任何网关查询名称。</translation>
    </message>
    <message>
        <source>No gateway is reached by TLS: plain http can be read on the way.</source>
        <translation>没有网关使用 TLS：明文 http 在途中可被读取。</translation>
    </message>
    <message>
        <source>The gateways answer and refuse no credential.</source>
        <translation>各网关均有应答，且未拒绝凭据。</translation>
    </message>
    <message>
        <source>The mode of a key file lets other users of this machine at the key: chmod 600 %1</source>
        <translation>密钥文件的权限允许本机其他用户接触该密钥：chmod 600 %1</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>its token is shorter than 16 characters</source>
        <translation>其令牌少于 16 个字符</translation>
    </message>
    <message>
        <source>its token is that of another client, or the local one; each needs one of its own</source>
        <translation>其令牌与另一个客户端的令牌或本地令牌相同；每个都需要自己的令牌</translation>
    </message>
    <message>
        <source>access.clients: &quot;%1&quot;: %2</source>
        <translation>access.clients：&quot;%1&quot;：%2</translation>
    </message>
</context>
<context>
    <name>Explain</name>
    <message>
        <source>A quote is not closed.</source>
        <translation>有引号未闭合。</translation>
    </message>
    <message>
        <source>There is no address in it. Paste a method and a URL, a path, or a command line of curl.</source>
        <translation>其中没有地址。请粘贴方法和 URL、路径，或一行 curl 命令。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not the address of a request; one looks like https://host/path or /v1/messages.</source>
        <translation>“%1” 不是请求的地址；地址形如 https://host/path 或 /v1/messages。</translation>
    </message>
    <message>
        <source>The client&apos;s own credential is passed on.</source>
        <translation>客户端自己的凭据会原样传递。</translation>
    </message>
    <message>
        <source>The client&apos;s credential is taken out; that of &quot;%1&quot; goes as %2.</source>
        <translation>去掉客户端的凭据；“%1” 的凭据以 %2 发送。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; of intercept opens the tunnel; the request inside takes the routes.</source>
        <translation>intercept 的 “%1” 打开隧道；其中的请求按路由处理。</translation>
    </message>
    <message>
        <source>https comes as a tunnel (CONNECT), and no entry of intercept is for this host.</source>
        <translation>https 以隧道（CONNECT）到来，而 intercept 中没有此主机的条目。</translation>
    </message>
    <message>
        <source>A blind tunnel to %1: no route sees the request.</source>
        <translation>通往 %1 的盲隧道：没有路由能看到该请求。</translation>
    </message>
    <message>
        <source>Refused with 400: this is no valid request.</source>
        <translation>以 400 拒绝：这不是有效的请求。</translation>
    </message>
    <message>
        <source>Answered by Sallyport itself.</source>
        <translation>由 Sallyport 自己应答。</translation>
    </message>
    <message>
        <source>sent to Sallyport itself</source>
        <translation>发给 Sallyport 自身</translation>
    </message>
    <message>
        <source>Route &quot;%1&quot; takes it: %2, path %3, %4.</source>
        <translation>路由 “%1” 接收它：%2，路径 %3，%4。</translation>
    </message>
    <message>
        <source>all methods</source>
        <translation>所有方法</translation>
    </message>
    <message>
        <source>It asks for the local token.</source>
        <translation>它要求本地令牌。</translation>
    </message>
    <message>
        <source>Route &quot;%1&quot; would take it, but is switched off.</source>
        <translation>路由 “%1” 本会接收它，但已关闭。</translation>
    </message>
    <message>
        <source>Refused with %1 (%2).</source>
        <translation>以 %1 拒绝（%2）。</translation>
    </message>
    <message>
        <source>No enabled route takes it.</source>
        <translation>没有已启用的路由接收它。</translation>
    </message>
    <message>
        <source>Its path climbs out of a route, or can be read as another one.</source>
        <translation>其路径越出了路由，或可被读作另一路径。</translation>
    </message>
    <message>
        <source>Redirected with %1 to %2.</source>
        <translation>以 %1 重定向到 %2。</translation>
    </message>
    <message>
        <source>Answered here with status %1.</source>
        <translation>在本机以状态 %1 应答。</translation>
    </message>
    <message>
        <source>To upstream &quot;%1&quot;, which answers on this machine.</source>
        <translation>到上游 “%1”，它在本机应答。</translation>
    </message>
    <message>
        <source>To upstream &quot;%1&quot;: %2</source>
        <translation>到上游 “%1”：%2</translation>
    </message>
    <message>
        <source>The path %1 becomes %2.</source>
        <translation>路径 %1 变为 %2。</translation>
    </message>
    <message>
        <source>The upstream has %1 targets; its policy chooses.</source>
        <translation>该上游有 %1 个目标；由其策略选择。</translation>
    </message>
    <message>
        <source>Headers of the request: %1.</source>
        <translation>请求的标头：%1。</translation>
    </message>
    <message>
        <source>Headers of the response: %1.</source>
        <translation>响应的标头：%1。</translation>
    </message>
    <message>
        <source>The model %1 becomes %2.</source>
        <translation>模型 %1 变为 %2。</translation>
    </message>
    <message>
        <source>Straight to %1, path %2.</source>
        <translation>直接到 %1，路径 %2。</translation>
    </message>
    <message>
        <source>No route is for this host; forward allows the port.</source>
        <translation>没有针对此主机的路由；forward 允许该端口。</translation>
    </message>
</context>
<context>
    <name>Filter</name>
    <message>
        <source>“%1:” wants a number, such as %2.</source>
        <translation>“%1:” 需要数字，例如 %2。</translation>
    </message>
    <message>
        <source>“is:” wants one of: %1.</source>
        <translation>“is:” 需要以下之一：%1。</translation>
    </message>
    <message>
        <source>“%1:” wants a text.</source>
        <translation>“%1:” 需要文字。</translation>
    </message>
    <message>
        <source>“%1:” is not known. Known are: %2. Put quotes around a text with a colon.</source>
        <translation>不认识 “%1:”。可用的有：%2。含冒号的文字请加引号。</translation>
    </message>
    <message>
        <source>The quote is not closed.</source>
        <translation>引号没有闭合。</translation>
    </message>
    <message>
        <source>“%1” needs a colon: %2…</source>
        <translation>“%1”需要冒号：%2…</translation>
    </message>
    <message>
        <source>“%1” is no regular expression: %2.</source>
        <translation>“%1”不是正则表达式：%2。</translation>
    </message>
    <message>
        <source>“%1” is empty. Put quotes around it to look for the text.</source>
        <translation>“%1”是空的。要查找这段文字，请加引号。</translation>
    </message>
    <message>
        <source>“body:” looks for words and knows no regular expressions.</source>
        <translation>“body:”按词查找，不支持正则表达式。</translation>
    </message>
    <message>
        <source>“)” closes no bracket. Put quotes around it to look for the text.</source>
        <translation>“)”没有对应的左括号。要查找这段文字，请加引号。</translation>
    </message>
    <message>
        <source>Something to look for is missing before “%1”. Put quotes around it to look for the text.</source>
        <translation>“%1”之前缺少要查找的内容。要查找这段文字，请加引号。</translation>
    </message>
    <message>
        <source>Something to look for is missing after “%1”. Put quotes around it to look for the text.</source>
        <translation>“%1”之后缺少要查找的内容。要查找这段文字，请加引号。</translation>
    </message>
    <message>
        <source>The bracket is not closed. Put quotes around it to look for the text.</source>
        <translation>括号没有闭合。要查找这段文字，请加引号。</translation>
    </message>
    <message>
        <source>No more than %1 brackets can stand inside each other.</source>
        <translation>括号最多嵌套 %1 层。</translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>it speaks %1; Sallyport passes the Messages API on and does not translate</source>
        <translation>它使用 %1；Sallyport 只转发 Messages API，不做协议转换</translation>
    </message>
    <message>
        <source>apiKeyHelper: an upstream has a program in credential_command:</source>
        <translation>apiKeyHelper：上游用 credential_command: 指定程序</translation>
    </message>
    <message>
        <source>what it consists of %1</source>
        <translation>其内容%1</translation>
    </message>
    <message>
        <source>a secret in it cannot be replaced; take it out by hand</source>
        <translation>其中有一处机密无法替换；请手动移除</translation>
    </message>
    <message>
        <source>it is Sallyport itself: Claude Code is connected already</source>
        <translation>它就是 Sallyport 本身：Claude Code 已连接</translation>
    </message>
    <message>
        <source>it is Sallyport itself</source>
        <translation>它就是 Sallyport 本身</translation>
    </message>
    <message>
        <source>Claude Code as it is set up now</source>
        <translation>Claude Code 当前的设置</translation>
    </message>
    <message>
        <source>A configuration of Sallyport</source>
        <translation>Sallyport 的配置</translation>
    </message>
    <message>
        <source>%1 has been changed in the meantime; nothing was written.</source>
        <translation>%1 在此期间已被更改；未写入任何内容。</translation>
    </message>
    <message>
        <source>is not a JSON object</source>
        <translation>不是 JSON 对象</translation>
    </message>
    <message>
        <source>is above 8 MiB</source>
        <translation>超过 8 MiB</translation>
    </message>
    <message>
        <source>is not JSON in line %1: %2</source>
        <translation>第 %1 行不是 JSON：%2</translation>
    </message>
    <message>
        <source>has none of the tables that are known</source>
        <translation>没有任何已知的表</translation>
    </message>
    <message>
        <source>cannot be read: %1</source>
        <translation>无法读取：%1</translation>
    </message>
    <message>
        <source>is not a database of SQLite</source>
        <translation>不是 SQLite 数据库</translation>
    </message>
    <message>
        <source>it does not speak the Messages API, and Sallyport does not translate</source>
        <translation>它不使用 Messages API，而 Sallyport 不做协议转换</translation>
    </message>
    <message>
        <source>transformers (%1)</source>
        <translation>转换器（%1）</translation>
    </message>
    <message>
        <source>names of models (%1): a route has them in model:</source>
        <translation>模型名称（%1）：请在路由的 model: 中设置</translation>
    </message>
    <message>
        <source>ANTHROPIC_CUSTOM_HEADERS: a route has them in request_headers:</source>
        <translation>ANTHROPIC_CUSTOM_HEADERS：请在路由的 request_headers: 中设置</translation>
    </message>
    <message>
        <source>it has no address: Claude Code goes to Anthropic with a login of its own</source>
        <translation>它没有地址：Claude Code 用自己的登录直接访问 Anthropic</translation>
    </message>
    <message>
        <source>is above 64 KiB</source>
        <translation>超过 64 KiB</translation>
    </message>
    <message>
        <source>its key %1</source>
        <translation>其密钥%1</translation>
    </message>
    <message>
        <source>%1 is on: it speaks to a cloud in its own way</source>
        <translation>%1 已开启：它以自己的方式访问云服务</translation>
    </message>
    <message>
        <source>ANTHROPIC_API_KEY: ANTHROPIC_AUTH_TOKEN is there too and wins</source>
        <translation>ANTHROPIC_API_KEY：同时设有 ANTHROPIC_AUTH_TOKEN，以后者为准</translation>
    </message>
</context>
<context>
    <name>Interception</name>
    <message>
        <source>the client began no TLS within %1 s after its CONNECT</source>
        <translation>客户端在 CONNECT 之后 %1 秒内没有开始 TLS</translation>
    </message>
    <message>
        <source>the client asked for “%1” by TLS, which may be a cover for another name (Encrypted Client Hello)</source>
        <translation>客户端通过 TLS 请求的是“%1”，它可能只是另一个名称的掩护（Encrypted Client Hello）</translation>
    </message>
    <message>
        <source>the client asked for “%1” by TLS</source>
        <translation>客户端通过 TLS 请求的是“%1”</translation>
    </message>
    <message>
        <source>the client offers “%1” over TLS and not http/1.1, which is all that Sallyport speaks there; let it offer that, or take the host out of intercept</source>
        <translation>客户端在 TLS 上提供的是“%1”而不是 http/1.1，而 Sallyport 在此只支持 http/1.1；请让客户端提供 http/1.1，或把该主机从 intercept 中删除</translation>
    </message>
    <message>
        <source>the client speaks “%1” over TLS, which is not HTTP</source>
        <translation>客户端在 TLS 上使用的是“%1”，不是 HTTP</translation>
    </message>
    <message>
        <source>what the client sent is not TLS</source>
        <translation>客户端发送的不是 TLS</translation>
    </message>
    <message>
        <source>the TLS of the client begins with no readable hello</source>
        <translation>客户端的 TLS 开头没有可读的 ClientHello</translation>
    </message>
    <message>
        <source>the client went away at Sallyport&apos;s certificate for %1: if it does not trust Sallyport&apos;s CA, set NODE_EXTRA_CA_CERTS to the file that “sallyport ca path” prints, and start it again; if it takes the server&apos;s own certificate only, take %1 out of intercept in routes.yaml</source>
        <translation>客户端在收到 Sallyport 为 %1 出示的证书后离开：如果它不信任 Sallyport 的 CA，请把 NODE_EXTRA_CA_CERTS 设为“sallyport ca path”打印的文件，然后重新启动它；如果它只接受服务器自己的证书，请把 %1 从 routes.yaml 的 intercept 中删除</translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <source>to the filter</source>
        <translation>转到筛选栏</translation>
    </message>
    <message>
        <source>find in the detail</source>
        <translation>在详情中查找</translation>
    </message>
    <message>
        <source>pause and go on</source>
        <translation>暂停和继续</translation>
    </message>
    <message>
        <source>older requests</source>
        <translation>更早的请求</translation>
    </message>
    <message>
        <source>follow the latest request</source>
        <translation>跟随最新请求</translation>
    </message>
    <message>
        <source>open the detail</source>
        <translation>打开详情</translation>
    </message>
    <message>
        <source>clear the filter, close the detail</source>
        <translation>清除筛选，关闭详情</translation>
    </message>
    <message>
        <source>copy the selected rows</source>
        <translation>复制所选行</translation>
    </message>
    <message>
        <source>the menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>close the window</source>
        <translation>关闭窗口</translation>
    </message>
    <message>
        <source>this sheet</source>
        <translation>本快捷键表</translation>
    </message>
    <message>
        <source>The filter understands:</source>
        <translation>筛选栏支持：</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>in the filter: those used before</source>
        <translation>在筛选行中：之前用过的筛选</translation>
    </message>
    <message>
        <source>copy as cURL</source>
        <translation>复制为 cURL</translation>
    </message>
    <message>
        <source>copy an error report</source>
        <translation>复制错误报告</translation>
    </message>
    <message>
        <source>export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>re-send</source>
        <translation>重新发送</translation>
    </message>
    <message>
        <source>edit and re-send</source>
        <translation>编辑后重新发送</translation>
    </message>
    <message>
        <source>compare the responses of two requests</source>
        <translation>比较两个请求的响应</translation>
    </message>
</context>
<context>
    <name>Keychain</name>
    <message>
        <source>the keychain is locked; unlock it in your desktop, or use env: or file: in its place</source>
        <translation>密钥环已锁定；请在桌面中解锁，或改用 env: 或 file:</translation>
    </message>
    <message>
        <source>there is no keychain here (no Secret Service on the session bus); start gnome-keyring or KWallet, or use env: or file: in its place</source>
        <translation>这里没有密钥环（会话总线上没有 Secret Service）；请启动 gnome-keyring 或 KWallet，或改用 env: 或 file:</translation>
    </message>
    <message>
        <source>access to the keychain was refused; allow it when you are asked, or use env: or file: in its place</source>
        <translation>对密钥环的访问被拒绝；请在询问时允许，或改用 env: 或 file:</translation>
    </message>
    <message>
        <source>the keychain has no entry &quot;%1&quot; of Sallyport; add it by: sallyport credential set %1</source>
        <translation>密钥环中没有 Sallyport 的条目 &quot;%1&quot;；请用以下命令添加：sallyport credential set %1</translation>
    </message>
    <message>
        <source>the keychain failed: %1</source>
        <translation>密钥环出错：%1</translation>
    </message>
    <message>
        <source>the keychain does not answer; it may be asking for its password: unlock it in your desktop, or use env: or file: in its place</source>
        <translation>密钥环没有应答，可能正在询问密码：请在桌面中解锁，或改用 env: 或 file:</translation>
    </message>
    <message>
        <source>a command is run for requests only</source>
        <translation>命令只在有请求时运行</translation>
    </message>
</context>
<context>
    <name>Listener</name>
    <message>
        <source>%1 is taken by another process</source>
        <translation>%1 已被另一个进程占用</translation>
    </message>
    <message>
        <source>%1 is taken by %2 (process %3)</source>
        <translation>%1 已被 %2（进程 %3）占用</translation>
    </message>
    <message>
        <source>cannot listen on %1: %2</source>
        <translation>无法监听 %1：%2</translation>
    </message>
</context>
<context>
    <name>Live</name>
    <message>
        <source>thinking</source>
        <translation>思考中</translation>
    </message>
    <message>
        <source>writing a tool call</source>
        <translation>正在写工具调用</translation>
    </message>
    <message>
        <source>error in the stream</source>
        <translation>流中出错</translation>
    </message>
    <message>
        <source>running a tool</source>
        <translation>正在运行工具</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>正在书写</translation>
    </message>
    <message>
        <source>streaming</source>
        <translation>传输中</translation>
    </message>
    <message>
        <source>being accepted</source>
        <translation>正在接收</translation>
    </message>
    <message>
        <source>sending the request</source>
        <translation>正在发送请求</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>waiting for the first byte</source>
        <translation>等待首字节</translation>
    </message>
</context>
<context>
    <name>LocalToken</name>
    <message>
        <source>%1 does not hold a token; delete it, and a new one is made at the next start</source>
        <translation>%1 中没有令牌；删除它，下次启动时会生成新的</translation>
    </message>
    <message>
        <source>%1 is not a plain file; remove it</source>
        <translation>%1 不是普通文件；请删除</translation>
    </message>
    <message>
        <source>%1 belongs to another user; remove it</source>
        <translation>%1 属于另一个用户；请删除</translation>
    </message>
    <message>
        <source>%1 is open to other users; run chmod 600 on it to keep the token, or delete it to have a new one made</source>
        <translation>%1 可被其他用户访问；对它执行 chmod 600 以保留令牌，或删除以生成新的</translation>
    </message>
    <message>
        <source>%1 is a symbolic link; remove it</source>
        <translation>%1 是符号链接；请删除</translation>
    </message>
    <message>
        <source>cannot read %1: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>cannot write %1: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>there is no token yet (%1); it is made when Sallyport first starts</source>
        <translation>还没有令牌（%1）；Sallyport 首次启动时会生成</translation>
    </message>
    <message>
        <source>cannot make the folder %1</source>
        <translation>无法创建文件夹 %1</translation>
    </message>
</context>
<context>
    <name>Log</name>
    <message>
        <source>bad request</source>
        <translation>请求有误</translation>
    </message>
    <message>
        <source>not authorised</source>
        <translation>未授权</translation>
    </message>
    <message>
        <source>forbidden</source>
        <translation>禁止访问</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>time-out</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>过大</translation>
    </message>
    <message>
        <source>rate limit</source>
        <translation>速率限制</translation>
    </message>
    <message>
        <source>bad gateway</source>
        <translation>网关错误</translation>
    </message>
    <message>
        <source>unavailable</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>loop</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>overloaded</source>
        <translation>过载</translation>
    </message>
    <message>
        <source>server error</source>
        <translation>服务器错误</translation>
    </message>
    <message>
        <source>client error</source>
        <translation>客户端错误</translation>
    </message>
    <message>
        <source>redirect</source>
        <translation>重定向</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>open</source>
        <translation>已打开</translation>
    </message>
    <message>
        <source>sending</source>
        <translation>发送中</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>receiving</source>
        <translation>接收中</translation>
    </message>
    <message>
        <source>tunnel</source>
        <translation>隧道</translation>
    </message>
    <message>
        <source>upgraded</source>
        <translation>已升级</translation>
    </message>
    <message>
        <source>refused here</source>
        <translation>被本机拒绝</translation>
    </message>
    <message>
        <source>upstream failed</source>
        <translation>上游失败</translation>
    </message>
    <message>
        <source>truncated</source>
        <translation>中途截断</translation>
    </message>
    <message>
        <source>stalled</source>
        <translation>停滞</translation>
    </message>
    <message>
        <source>client gone</source>
        <translation>客户端离开</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation>%1 秒前</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>%1 分钟前</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>%1 小时前</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>%n 个事件</numerusform>
        </translation>
    </message>
    <message>
        <source>blocked here</source>
        <translation>在本机被阻止</translation>
    </message>
    <message>
        <source>error in the stream</source>
        <translation>流中出错</translation>
    </message>
    <message>
        <source>tunnel closed</source>
        <translation>隧道已关闭</translation>
    </message>
    <message>
        <source>overloaded in mid-stream</source>
        <translation>流中途过载</translation>
    </message>
    <message>
        <source>waiting %1 s</source>
        <translation>已等待 %1 秒</translation>
    </message>
    <message>
        <source>silent %1 s</source>
        <translation>静默 %1 秒</translation>
    </message>
    <message>
        <source>no response after %1</source>
        <translation>%1 后仍无响应</translation>
    </message>
    <message>
        <source>first byte after %1, then %2</source>
        <translation>%1 后收到首字节，之后 %2</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>输出中</translation>
    </message>
    <message>
        <source>thinking</source>
        <translation>思考中</translation>
    </message>
    <message>
        <source>tool call</source>
        <translation>工具调用</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln 个 token</numerusform>
        </translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/秒</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Claude Code is connected: its requests fail.</source>
        <translation>Claude Code 已连接：它的请求会失败。</translation>
    </message>
    <message>
        <source>The proxy is off, and Claude Code is connected to it: its requests fail.</source>
        <translation>代理已关闭，而 Claude Code 已连接到它：它的请求会失败。</translation>
    </message>
    <message>
        <source>The proxy is off: nothing passes through.</source>
        <translation>代理已关闭：没有任何请求通过。</translation>
    </message>
    <message>
        <source>settings.yaml asks for %1 now; Sallyport still listens on %2.</source>
        <translation>settings.yaml 现在要求监听 %1；Sallyport 仍在监听 %2。</translation>
    </message>
    <message>
        <source>Claude Code is connected to %1, but Sallyport listens on %2.</source>
        <translation>Claude Code 连接到 %1，而 Sallyport 监听 %2。</translation>
    </message>
    <message>
        <source>Claude Code&apos;s settings are not as Sallyport wrote them.</source>
        <translation>Claude Code 的设置与 Sallyport 写入的不一致。</translation>
    </message>
    <message>
        <source>Claude Code no longer goes through Sallyport: its settings were changed.</source>
        <translation>Claude Code 不再经过 Sallyport：它的设置已被更改。</translation>
    </message>
    <message>
        <source>Turn on</source>
        <translation>开启</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Use a free port</source>
        <translation>使用空闲端口</translation>
    </message>
    <message>
        <source>Listen there</source>
        <translation>改为监听该地址</translation>
    </message>
    <message>
        <source>Update Claude Code</source>
        <translation>更新 Claude Code</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>The configuration was refused, the last good one goes on. %1</source>
        <translation>配置被拒绝，继续使用上一份有效配置。%1</translation>
    </message>
</context>
<context>
    <name>Notification</name>
    <message>
        <source>Sallyport cannot listen</source>
        <translation>Sallyport 无法监听</translation>
    </message>
    <message>
        <source>An upstream is passed over</source>
        <translation>已跳过一个上游</translation>
    </message>
    <message>
        <source>The credential was refused</source>
        <translation>凭据被拒绝</translation>
    </message>
    <message>
        <source>%1 answered %2. Check the key of this upstream.</source>
        <translation>%1 返回 %2。请检查该上游的密钥。</translation>
    </message>
    <message>
        <source>Claude Code&apos;s settings were changed</source>
        <translation>Claude Code 的设置已被更改</translation>
    </message>
    <message>
        <source>Another program has changed them; requests may no longer pass through Sallyport.</source>
        <translation>另一个程序更改了它；请求可能不再经过 Sallyport。</translation>
    </message>
</context>
<context>
    <name>ProxyFailure</name>
    <message>
        <source>the password for the proxy %1 cannot be read: %2</source>
        <translation>无法读取代理 %1 的密码：%2</translation>
    </message>
    <message>
        <source>the proxy %1: %2</source>
        <translation>代理 %1：%2</translation>
    </message>
    <message>
        <source>the proxy %1 does not speak HTTP (%2)</source>
        <translation>代理 %1 的应答不是 HTTP（%2）</translation>
    </message>
    <message>
        <source>the proxy %1 ended the connection before it answered</source>
        <translation>代理 %1 未作应答就结束了连接</translation>
    </message>
    <message>
        <source>it was not known within %1 ms which proxy to take</source>
        <translation>在 %1 ms 内未能得知应使用哪个代理</translation>
    </message>
    <message>
        <source>the proxy %1 did not make the connection within %2 ms</source>
        <translation>代理 %1 在 %2 ms 内没有建立连接</translation>
    </message>
    <message>
        <source>the proxy %1 has refused the login of &quot;%2&quot; less than a minute ago; mend via or via_credential in routes.yaml</source>
        <translation>代理 %1 在一分钟内刚拒绝过 &quot;%2&quot; 的登录；请修正 routes.yaml 中的 via 或 via_credential</translation>
    </message>
    <message>
        <source>the proxy %1 ends each connection that it has authenticated by %2</source>
        <translation>代理 %1 会结束每个已通过 %2 认证的连接</translation>
    </message>
    <message>
        <source>the proxy did not take it</source>
        <translation>代理没有接受</translation>
    </message>
    <message>
        <source>the proxy %1 refuses the login of &quot;%2&quot; by %3; mend via or via_credential in routes.yaml</source>
        <translation>代理 %1 拒绝了 &quot;%2&quot; 通过 %3 的登录；请修正 routes.yaml 中的 via 或 via_credential</translation>
    </message>
    <message>
        <source>the proxy %1 did not reach %2 in time (%3)</source>
        <translation>代理 %1 未能及时连到 %2（%3）</translation>
    </message>
    <message>
        <source>the proxy %1 cannot reach %2 (%3)</source>
        <translation>代理 %1 无法连到 %2（%3）</translation>
    </message>
    <message>
        <source>the proxy %1 will not connect to %2 (%3); ask its administrators, or set another via in routes.yaml</source>
        <translation>代理 %1 不允许连接 %2（%3）；请询问其管理员，或在 routes.yaml 中设置别的 via</translation>
    </message>
    <message>
        <source>the proxy %1 asks for a login by %2</source>
        <translation>代理 %1 要求以 %2 登录</translation>
    </message>
    <message>
        <source>, and via names no user; write http://USER@%1 and via_credential in routes.yaml</source>
        <translation>，而 via 中没有用户；请在 routes.yaml 中写 http://USER@%1 和 via_credential</translation>
    </message>
    <message>
        <source>, none of which can be answered</source>
        <translation>，其中没有可以应答的方式</translation>
    </message>
    <message>
        <source>this system has no NTLM; install gss-ntlmssp</source>
        <translation>本系统没有 NTLM；请安装 gss-ntlmssp</translation>
    </message>
    <message>
        <source>there is no ticket for it: %1; run kinit, or log in to the domain</source>
        <translation>没有可用的票据：%1；请运行 kinit，或登录到域</translation>
    </message>
    <message>
        <source>the proxy of %1 wants a new login (%2 %3); the next request logs in again</source>
        <translation>代理 %1 要求重新登录（%2 %3）；下一个请求会重新登录</translation>
    </message>
    <message>
        <source>the system names a PAC script by file:, which libproxy cannot read; serve it by http://, or write via: http://HOST:PORT in routes.yaml</source>
        <translation>系统以 file: 指定了 PAC 脚本，libproxy 无法读取；请通过 http:// 提供该脚本，或在 routes.yaml 中写 via: http://HOST:PORT</translation>
    </message>
    <message>
        <source>the system names a PAC script, and nothing here can run it; install libproxy1-plugin-webkit, or write via: http://HOST:PORT in routes.yaml</source>
        <translation>系统指定了 PAC 脚本，但本机无法运行它；请安装 libproxy1-plugin-webkit，或在 routes.yaml 中写 via: http://HOST:PORT</translation>
    </message>
    <message>
        <source>the system names no HTTP proxy and no direct way (SOCKS is not spoken); write via: http://HOST:PORT in routes.yaml</source>
        <translation>系统没有给出 HTTP 代理或直连方式（不支持 SOCKS）；请在 routes.yaml 中写 via: http://HOST:PORT</translation>
    </message>
    <message>
        <source>the proxy %1 is Sallyport itself or leads back to it (%2); mend via in routes.yaml, or what the system names as its proxy</source>
        <translation>代理 %1 就是 Sallyport 自己，或者又绕回它（%2）；请改正 routes.yaml 中的 via，或系统给出的代理</translation>
    </message>
</context>
<context>
    <name>Raw</name>
    <message>
        <source>
… only the beginning is shown</source>
        <translation>
… 只显示开头</translation>
    </message>
</context>
<context>
    <name>RegularFile</name>
    <message>
        <source>file to open is a directory</source>
        <translation>要打开的文件是一个文件夹</translation>
    </message>
    <message>
        <source>it is a pipe, a socket or a device; name a regular file</source>
        <translation>它是管道、套接字或设备；请指明一个普通文件</translation>
    </message>
    <message>
        <source>it is larger than %1; is it the right file?</source>
        <translation>它大于 %1；文件对吗？</translation>
    </message>
</context>
<context>
    <name>Replay</name>
    <message>
        <source>%1 has no recorded response to %2; it has those to: %3</source>
        <translation>%1 中没有对 %2 的录制响应；其中有对以下请求的响应：%3</translation>
    </message>
    <message>
        <source>has no &quot;request&quot; and &quot;response&quot;</source>
        <translation>没有 &quot;request&quot; 和 &quot;response&quot;</translation>
    </message>
    <message>
        <source>has no &quot;method&quot; and &quot;url&quot; in its request</source>
        <translation>的请求中没有 &quot;method&quot; 和 &quot;url&quot;</translation>
    </message>
    <message>
        <source>has no &quot;method&quot; and &quot;path&quot;</source>
        <translation>没有 &quot;method&quot; 和 &quot;path&quot;</translation>
    </message>
    <message>
        <source>is no JSON object</source>
        <translation>不是 JSON 对象</translation>
    </message>
    <message>
        <source>name another file in replay, or put it there</source>
        <translation>请在 replay 中写另一个文件，或把文件放到那里</translation>
    </message>
    <message>
        <source>write it with &quot;sallyport log --json --contents&quot; or &quot;sallyport log --har FILE&quot;</source>
        <translation>请用 &quot;sallyport log --json --contents&quot; 或 &quot;sallyport log --har FILE&quot; 生成</translation>
    </message>
    <message>
        <source>no JSON at line %1, column %2</source>
        <translation>第 %1 行第 %2 列不是 JSON</translation>
    </message>
    <message>
        <source>JSON nested deeper than %1 levels</source>
        <translation>JSON 嵌套超过 %1 层</translation>
    </message>
    <message>
        <source>%1: more than %2 exchanges; keep those that are needed</source>
        <translation>%1：超过 %2 个交换；请只保留需要的</translation>
    </message>
    <message>
        <source>no exchange in it has a response that was kept</source>
        <translation>其中没有保留了响应的交换</translation>
    </message>
    <message>
        <source>neither JSON lines of Sallyport nor an HTTP Archive (HAR 1.2)</source>
        <translation>既不是 Sallyport 的 JSON 行，也不是 HTTP 存档（HAR 1.2）</translation>
    </message>
    <message>
        <source>entry %1</source>
        <translation>条目 %1</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>no JSON</source>
        <translation>不是 JSON</translation>
    </message>
    <message>
        <source>the file is empty</source>
        <translation>文件为空</translation>
    </message>
</context>
<context>
    <name>Resend</name>
    <message>
        <source>A tunnel has no request that could be sent again.</source>
        <translation>隧道没有可以重新发送的请求。</translation>
    </message>
    <message>
        <source>A WebSocket cannot be sent again: what passed depends on both sides.</source>
        <translation>WebSocket 无法重新发送：其内容取决于双方。</translation>
    </message>
    <message>
        <source>Its request has not come whole yet.</source>
        <translation>它的请求尚未完整到达。</translation>
    </message>
    <message>
        <source>Its request could not be read.</source>
        <translation>它的请求无法解读。</translation>
    </message>
    <message>
        <source>Its headers and body are no longer kept.</source>
        <translation>它的标头和正文已不再保留。</translation>
    </message>
    <message>
        <source>Its body of %1 was cut when it was kept (capture.max_body in settings.yaml).</source>
        <translation>它的正文（%1）在保存时被截断（settings.yaml 中的 capture.max_body）。</translation>
    </message>
    <message>
        <source>Its body of %1 is not kept.</source>
        <translation>它的正文（%1）没有保留。</translation>
    </message>
    <message>
        <source>Header line %1 is not &quot;Name: value&quot;.</source>
        <translation>标头第 %1 行不是“名称: 值”的形式。</translation>
    </message>
    <message>
        <source>Header line %1 has a control character in it.</source>
        <translation>标头第 %1 行含有控制字符。</translation>
    </message>
</context>
<context>
    <name>RouteTemplate</name>
    <message>
        <source>To a gateway…</source>
        <translation>通往网关…</translation>
    </message>
    <message>
        <source>To a second provider, by its own path…</source>
        <translation>通往第二个提供方，用单独的路径…</translation>
    </message>
    <message>
        <source>To the sandbox…</source>
        <translation>通往沙箱…</translation>
    </message>
    <message>
        <source>Answer on this machine…</source>
        <translation>在本机应答…</translation>
    </message>
    <message>
        <source>Block a host…</source>
        <translation>屏蔽某个主机…</translation>
    </message>
</context>
<context>
    <name>SelectionSum</name>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>已选 %Ln 个</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 tokens in, %2 out</source>
        <translation>输入 %1 个 token，输出 %2 个</translation>
    </message>
</context>
<context>
    <name>SettingsConnector</name>
    <message>
        <source>it is a folder</source>
        <translation>它是一个文件夹</translation>
    </message>
    <message>
        <source>cannot read %1: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>%1 does not hold what was written to it</source>
        <translation>%1 的内容与写入的不一致</translation>
    </message>
    <message>
        <source>cannot make the folder %1</source>
        <translation>无法创建文件夹 %1</translation>
    </message>
    <message>
        <source>cannot remove %1</source>
        <translation>无法删除 %1</translation>
    </message>
    <message>
        <source>another Sallyport is changing %1; try again in a moment</source>
        <translation>另一个 Sallyport 正在修改 %1，请稍后再试</translation>
    </message>
    <message>
        <source>cannot write in the folder %1</source>
        <translation>无法在文件夹 %1 中写入</translation>
    </message>
    <message>
        <source>a character that cannot stand there</source>
        <translation>此处不允许该字符</translation>
    </message>
    <message>
        <source>the file ends too early</source>
        <translation>文件过早结束</translation>
    </message>
    <message>
        <source>a string with a line end, a control character or an unknown escape</source>
        <translation>字符串中有换行、控制字符或未知的转义</translation>
    </message>
    <message>
        <source>a malformed number</source>
        <translation>数字格式错误</translation>
    </message>
    <message>
        <source>a comment that does not end</source>
        <translation>注释没有结束</translation>
    </message>
    <message>
        <source>too many levels</source>
        <translation>嵌套层数过多</translation>
    </message>
    <message>
        <source>something behind the closing brace</source>
        <translation>右花括号之后还有内容</translation>
    </message>
    <message>
        <source>%1:%2: not valid JSON, %3; the file was not changed. Mend it and try again, or put this into it by hand</source>
        <translation>%1:%2：不是有效的 JSON（%3）；文件未被修改。请修正后重试，或手动加入以下内容</translation>
    </message>
    <message>
        <source>%1:%2: the settings are not an object in braces; the file was not changed. It should look like this</source>
        <translation>%1:%2：设置不是花括号中的对象；文件未被修改。应当是这样</translation>
    </message>
    <message>
        <source>%1:%2: &quot;env&quot; is not an object in braces; the file was not changed. It should look like this</source>
        <translation>%1:%2：&quot;env&quot; 不是花括号中的对象；文件未被修改。应当是这样</translation>
    </message>
    <message>
        <source>%1:%2: the key %3 is there twice; the file was not changed. Remove one of them and try again</source>
        <translation>%1:%2：键 %3 出现了两次；文件未被修改。请删除其中一个后重试</translation>
    </message>
    <message>
        <source>%1: the key %3 cannot be edited without touching something else; the file was not changed. Put this into it by hand</source>
        <translation>%1：修改键 %3 会影响其他内容；文件未被修改。请手动加入以下内容</translation>
    </message>
    <message>
        <source>%1. Nothing was changed. Make it writable (chmod u+w &quot;%2&quot; and its folder) and try again, put this into it by hand, or use &quot;sallyport run -- claude&quot;, which writes nothing</source>
        <translation>%1。没有做任何修改。请使其可写（对它和所在文件夹执行 chmod u+w &quot;%2&quot;）后重试，或手动加入以下内容，或使用不写入任何文件的 &quot;sallyport run -- claude&quot;</translation>
    </message>
    <message>
        <source>unknown version</source>
        <translation>未知版本</translation>
    </message>
    <message>
        <source>unknown kind of step</source>
        <translation>未知的步骤类型</translation>
    </message>
    <message>
        <source>the journal %1 cannot be read (%2); delete it to give up taking back what it recorded</source>
        <translation>日志 %1 无法读取（%2）；删除它即放弃撤销其中的记录</translation>
    </message>
    <message>
        <source>settings.yaml leaves the port open (0) and no Sallyport is running: start one, or name the address with --listen HOST:PORT</source>
        <translation>settings.yaml 没有固定端口（0），且没有 Sallyport 在运行：请启动一个，或用 --listen HOST:PORT 指定地址</translation>
    </message>
    <message>
        <source>%1 is empty</source>
        <translation>%1 是空的</translation>
    </message>
    <message>
        <source>access.token: the environment variable %1 is not set</source>
        <translation>access.token：环境变量 %1 未设置</translation>
    </message>
    <message>
        <source>a profile goes with the gateway: in interception the routes say which upstream is asked</source>
        <translation>配置档只用于网关方式：拦截方式下由路由决定使用哪个上游</translation>
    </message>
    <message>
        <source>routes.yaml has no upstream %1; there are: %2</source>
        <translation>routes.yaml 中没有上游 %1；现有：%2</translation>
    </message>
    <message>
        <source>another program was writing %1 at the same moment, and its content stays; nothing was changed. Try again in a moment</source>
        <translation>另一个程序同时在写 %1，其内容已保留；没有做任何修改。请稍后再试</translation>
    </message>
    <message>
        <source>this terminal</source>
        <translation>此终端</translation>
    </message>
</context>
<context>
    <name>Setup</name>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>%1 无法读取：%2</translation>
    </message>
    <message>
        <source>The folder %1 cannot be made.</source>
        <translation>无法创建文件夹 %1。</translation>
    </message>
    <message>
        <source>Enter the address of the gateway.</source>
        <translation>请输入网关地址。</translation>
    </message>
    <message>
        <source>The address has to look like https://gateway.example/path.</source>
        <translation>地址应类似 https://gateway.example/path。</translation>
    </message>
    <message>
        <source>The address may have neither a user, nor a query, nor a fragment.</source>
        <translation>地址中不能有用户名、查询或片段。</translation>
    </message>
    <message>
        <source>There is no file %1.</source>
        <translation>没有文件 %1。</translation>
    </message>
</context>
<context>
    <name>Silence</name>
    <message>
        <source>no silence of 0.5 s or more</source>
        <translation>没有 0.5 秒以上的静默</translation>
    </message>
    <message>
        <source>client silent</source>
        <translation>客户端无动静</translation>
    </message>
    <message>
        <source>waited in Sallyport</source>
        <translation>在 Sallyport 中等待</translation>
    </message>
    <message>
        <source>upstream silent</source>
        <translation>上游无动静</translation>
    </message>
</context>
<context>
    <name>Statistics</name>
    <message>
        <source>read from cache</source>
        <translation>缓存读取</translation>
    </message>
    <message>
        <source>written to cache</source>
        <translation>缓存写入</translation>
    </message>
    <message>
        <source>input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>without error</source>
        <translation>无错误</translation>
    </message>
    <message>
        <source>with error</source>
        <translation>有错误</translation>
    </message>
    <message>
        <source>half are faster</source>
        <translation>一半更快</translation>
    </message>
    <message>
        <source>up to what 1 in 20 exceeds</source>
        <translation>20 个中有 1 个超出</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Cost (US$)</source>
        <translation>费用（美元）</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Time to first byte</source>
        <translation>首字节时间</translation>
    </message>
    <message>
        <source>by hour</source>
        <translation>按小时</translation>
    </message>
    <message>
        <source>by day</source>
        <translation>按天</translation>
    </message>
    <message>
        <source>by model</source>
        <translation>按模型</translation>
    </message>
    <message>
        <source>by route</source>
        <translation>按路由</translation>
    </message>
    <message>
        <source>by session</source>
        <translation>按会话</translation>
    </message>
    <message>
        <source>(none)</source>
        <translation>（无）</translation>
    </message>
    <message>
        <source>requests: %1</source>
        <translation>请求：%1</translation>
    </message>
    <message>
        <source>errors: %1</source>
        <translation>错误：%1</translation>
    </message>
    <message>
        <source>tokens in: %1</source>
        <translation>输入 token：%1</translation>
    </message>
    <message>
        <source>out: %1</source>
        <translation>输出：%1</translation>
    </message>
    <message>
        <source>of a model without a price: %1</source>
        <translation>没有价格的模型：%1</translation>
    </message>
</context>
<context>
    <name>TargetText</name>
    <message>
        <source>One terminal</source>
        <translation>一个终端</translation>
    </message>
    <message>
        <source>Claude Code for me</source>
        <translation>我的 Claude Code</translation>
    </message>
    <message>
        <source>One project…</source>
        <translation>一个项目…</translation>
    </message>
    <message>
        <source>VS Code</source>
        <translation>VS Code</translation>
    </message>
    <message>
        <source>My shells</source>
        <translation>我的 shell</translation>
    </message>
    <message>
        <source>Graphical programs</source>
        <translation>图形程序</translation>
    </message>
    <message>
        <source>Copy the lines into a terminal and start claude there. Nothing is written; it ends with the terminal.</source>
        <translation>把这些行复制到终端中，并在那里启动 claude。不写入任何文件；关闭终端即失效。</translation>
    </message>
    <message>
        <source>Every Claude Code of yours, in any terminal. Running sessions follow within 4 seconds.</source>
        <translation>您的所有 Claude Code，无论在哪个终端。正在运行的会话会在 4 秒内跟上。</translation>
    </message>
    <message>
        <source>Claude Code in one folder only, by its .claude/settings.local.json, which is not shared by git.</source>
        <translation>只限一个文件夹中的 Claude Code，通过其中的 .claude/settings.local.json，该文件不会随 git 共享。</translation>
    </message>
    <message>
        <source>The extension of Claude Code, by the setting claudeCode.environmentVariables of VS Code and its kin.</source>
        <translation>Claude Code 扩展，通过 VS Code 及同类编辑器的设置 claudeCode.environmentVariables。</translation>
    </message>
    <message>
        <source>All that is started from new shells (bash, zsh, fish, PowerShell), other clients of the Messages API too.</source>
        <translation>从新开的 shell（bash、zsh、fish、PowerShell）启动的一切，也包括 Messages API 的其他客户端。</translation>
    </message>
    <message>
        <source>All that the desktop starts, from the next login on, by environment.d of systemd.</source>
        <translation>桌面启动的一切，从下次登录起生效，通过 systemd 的 environment.d。</translation>
    </message>
    <message>
        <source>✓ connected</source>
        <translation>✓ 已连接</translation>
    </message>
    <message>
        <source>! blocked by another file</source>
        <translation>! 被另一个文件覆盖</translation>
    </message>
    <message>
        <source>! changed since</source>
        <translation>! 之后被修改过</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>✓ Connected. Sessions of Claude Code that are running take the new values within 4 seconds. Waiting for its first request…</source>
        <translation>✓ 已连接。正在运行的 Claude Code 会话会在 4 秒内采用新值。正在等待它的第一个请求…</translation>
    </message>
    <message>
        <source>✓ Connected. Reload the window of VS Code. Waiting for the first request of Claude Code…</source>
        <translation>✓ 已连接。请重新加载 VS Code 窗口。正在等待 Claude Code 的第一个请求…</translation>
    </message>
    <message>
        <source>✓ Connected. Shells that are started from now on have the variables; open a new one. Waiting for the first request of Claude Code…</source>
        <translation>✓ 已连接。此后启动的 shell 都有这些变量，请新开一个。正在等待 Claude Code 的第一个请求…</translation>
    </message>
    <message>
        <source>✓ Connected from the next login on: log out and in again.</source>
        <translation>✓ 已连接，从下次登录起生效：请注销后重新登录。</translation>
    </message>
</context>
<context>
    <name>Terminal</name>
    <message>
        <source>No terminal was found. Name one in the variable TERMINAL, or copy the variables instead.</source>
        <translation>未找到终端程序。请在环境变量 TERMINAL 中指定，或改为复制变量。</translation>
    </message>
    <message>
        <source>%1 could not be started: %2</source>
        <translation>无法启动 %1：%2</translation>
    </message>
</context>
<context>
    <name>TestSteps</name>
    <message>
        <source>TLS: trusted</source>
        <translation>TLS：可信</translation>
    </message>
    <message>
        <source>Models: it has no list of them</source>
        <translation>模型：没有模型列表</translation>
    </message>
    <message>
        <source>Models: %1</source>
        <translation>模型：%1</translation>
    </message>
    <message>
        <source>DNS: the name has an address</source>
        <translation>DNS：名称有地址</translation>
    </message>
    <message>
        <source>TCP: connected</source>
        <translation>TCP：已连接</translation>
    </message>
    <message>
        <source>HTTP: status %1, in the form of the Messages API</source>
        <translation>HTTP：状态 %1，符合 Messages API 的形式</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
</context>
<context>
    <name>TlsClient</name>
    <message>
        <source>the client certificate cannot be used: %1</source>
        <translation>客户端证书无法使用：%1</translation>
    </message>
    <message>
        <source>the key of the client certificate cannot be used: %1</source>
        <translation>客户端证书的密钥无法使用：%1</translation>
    </message>
    <message>
        <source>cannot use the client certificate %1: %2</source>
        <translation>无法使用客户端证书 %1：%2</translation>
    </message>
</context>
<context>
    <name>TlsFailure</name>
    <message>
        <source>no TLS handshake within %1 ms</source>
        <translation>%1 毫秒内未完成 TLS 握手</translation>
    </message>
    <message>
        <source>no certificate can be for such a name</source>
        <translation>没有证书可用于这样的名称</translation>
    </message>
    <message>
        <source>TLS handshake failed: %1</source>
        <translation>TLS 握手失败：%1</translation>
    </message>
    <message>
        <source>TLS failed: %1</source>
        <translation>TLS 出错：%1</translation>
    </message>
    <message>
        <source>the server accepts neither TLS 1.2 nor TLS 1.3 (alert “%1”)</source>
        <translation>服务器既不接受 TLS 1.2 也不接受 TLS 1.3（警报“%1”）</translation>
    </message>
    <message>
        <source>the server does not know the name it was asked for (alert “%1”)</source>
        <translation>服务器不认识所请求的名称（警报“%1”）</translation>
    </message>
    <message>
        <source>the server does not offer HTTP/1.1 (alert “%1”)</source>
        <translation>服务器不提供 HTTP/1.1（警报“%1”）</translation>
    </message>
    <message>
        <source>the server accepts no cipher or key that is offered (alert “%1”)</source>
        <translation>服务器不接受所提供的任何加密套件或密钥（警报“%1”）</translation>
    </message>
    <message>
        <source>the server ended it with the alert “%1”</source>
        <translation>服务器以警报“%1”结束了它</translation>
    </message>
    <message>
        <source>the TLS library gives no reason</source>
        <translation>TLS 库没有给出原因</translation>
    </message>
    <message>
        <source>what came is not TLS (%1): does this port speak plain HTTP?</source>
        <translation>收到的不是 TLS（%1）：该端口是否为明文 HTTP？</translation>
    </message>
    <message>
        <source>the peer speaks neither TLS 1.2 nor TLS 1.3 (%1)</source>
        <translation>对方既不支持 TLS 1.2 也不支持 TLS 1.3（%1）</translation>
    </message>
    <message>
        <source>a TLS record was damaged on its way</source>
        <translation>一条 TLS 记录在传输中损坏</translation>
    </message>
    <message>
        <source>the server&apos;s Diffie-Hellman key is too short (%1)</source>
        <translation>服务器的 Diffie-Hellman 密钥太短（%1）</translation>
    </message>
    <message>
        <source>the client certificate&apos;s key is too short</source>
        <translation>客户端证书的密钥太短</translation>
    </message>
    <message>
        <source>the peer ended the connection</source>
        <translation>对方结束了连接</translation>
    </message>
    <message>
        <source>the peer asks for new keys and reads nothing</source>
        <translation>对方不断要求更换密钥却不读取任何数据</translation>
    </message>
    <message>
        <source>ended without a closure alert</source>
        <translation>连接结束时没有关闭警报</translation>
    </message>
    <message>
        <source>the client does not trust the certificate (alert “%1”)</source>
        <translation>客户端不信任该证书（警报“%1”）</translation>
    </message>
    <message>
        <source>the client ended it with the alert “%1”</source>
        <translation>客户端以警报“%1”结束了握手</translation>
    </message>
    <message>
        <source>what came is not TLS (%1)</source>
        <translation>收到的不是 TLS（%1）</translation>
    </message>
    <message>
        <source>the client speaks neither TLS 1.2 nor TLS 1.3 (%1)</source>
        <translation>客户端既不使用 TLS 1.2 也不使用 TLS 1.3（%1）</translation>
    </message>
    <message>
        <source>the client does not offer HTTP/1.1 in ALPN</source>
        <translation>客户端在 ALPN 中没有提供 HTTP/1.1</translation>
    </message>
    <message>
        <source>the client offers no cipher or key that is accepted (%1)</source>
        <translation>客户端没有提供可接受的加密套件或密钥（%1）</translation>
    </message>
    <message>
        <source>the server wants another client certificate, or any: name it as tls.cert and tls.key (alert “%1”)</source>
        <translation>服务器要求客户端证书，或要求另一个客户端证书：请用 tls.cert 和 tls.key 指定（警报“%1”）</translation>
    </message>
</context>
<context>
    <name>TrustProblem</name>
    <message>
        <source>the server&apos;s certificate “%1”</source>
        <translation>服务器证书“%1”</translation>
    </message>
    <message>
        <source>the CA certificate “%1” in the server&apos;s chain</source>
        <translation>服务器证书链中的 CA 证书“%1”</translation>
    </message>
    <message>
        <source>the certificate is not for %1: it holds no name or address in subjectAltName, and its common name does not count</source>
        <translation>证书不适用于 %1：其 subjectAltName 中没有任何名称或地址，而 common name 不作数</translation>
    </message>
    <message>
        <source>the certificate is not for %1, but for %2</source>
        <translation>证书不适用于 %1，而是用于 %2</translation>
    </message>
    <message>
        <source>%1 has expired: it was valid until %2</source>
        <translation>%1已过期：有效期至 %2</translation>
    </message>
    <message>
        <source>%1 is not valid before %2: check the clock of this computer</source>
        <translation>%1在 %2 之前无效：请检查本机时钟</translation>
    </message>
    <message>
        <source>%1 is not made for a TLS server (extended key usage)</source>
        <translation>%1不可用于 TLS 服务器（扩展密钥用法）</translation>
    </message>
    <message>
        <source>%1 has issued a certificate, but may not issue any</source>
        <translation>%1签发了证书，但它无权签发</translation>
    </message>
    <message>
        <source>%1 stands above more CA certificates than it allows (path length)</source>
        <translation>%1之下的 CA 证书多于其允许的数目（路径长度）</translation>
    </message>
    <message>
        <source>%1 has a name that the CA above it may not certify (name constraints)</source>
        <translation>%1含有其上级 CA 无权签发的名称（名称约束）</translation>
    </message>
    <message>
        <source>the signature on %1 does not fit</source>
        <translation>%1上的签名不符</translation>
    </message>
    <message>
        <source>the key of %1 is too short</source>
        <translation>%1的密钥太短</translation>
    </message>
    <message>
        <source>%1 is signed with a hash that is too weak</source>
        <translation>%1使用的签名散列算法太弱</translation>
    </message>
    <message>
        <source>the server&apos;s chain of certificates is too long</source>
        <translation>服务器的证书链太长</translation>
    </message>
    <message>
        <source>%1 has a critical extension that is not understood</source>
        <translation>%1含有无法识别的关键扩展</translation>
    </message>
    <message>
        <source>%1 is not accepted: %2</source>
        <translation>%1不被接受：%2</translation>
    </message>
    <message>
        <source>the server&apos;s certificate “%1” was issued by “%2”, which is not trusted and did not come along: let the server send its whole chain; if that does not end at a CA that is trusted, %3</source>
        <translation>服务器证书“%1”由不受信任且未随之发送的“%2”签发：请让服务器发送完整的证书链；如果证书链的末端不是受信任的 CA，%3</translation>
    </message>
    <message>
        <source>the chain ends at “%1”, issued by “%2”, which is not trusted: %3</source>
        <translation>证书链止于“%1”，它由不受信任的“%2”签发：%3</translation>
    </message>
    <message>
        <source>the certificate was issued by “%1”, which is not trusted: %2</source>
        <translation>证书由不受信任的“%1”签发：%2</translation>
    </message>
    <message>
        <source>%1 is self-signed and not trusted: %2</source>
        <translation>%1是自签名的且不受信任：%2</translation>
    </message>
    <message>
        <source>put its PEM in tls.ca_file</source>
        <translation>请将其 PEM 放入 tls.ca_file</translation>
    </message>
    <message>
        <source>add it to the certificates that this computer trusts</source>
        <translation>请将其加入本机信任的证书</translation>
    </message>
</context>
<context>
    <name>Usage</name>
    <message>
        <source>%1 in</source>
        <translation>输入 %1</translation>
    </message>
    <message>
        <source>%1 out</source>
        <translation>输出 %1</translation>
    </message>
    <message>
        <source>%1 read from cache</source>
        <translation>缓存读取 %1</translation>
    </message>
    <message>
        <source>%1 written to cache</source>
        <translation>缓存写入 %1</translation>
    </message>
</context>
<context>
    <name>WebSocket</name>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>binary</source>
        <translation>二进制</translation>
    </message>
    <message>
        <source>close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>ping</source>
        <translation>ping</translation>
    </message>
    <message>
        <source>pong</source>
        <translation>pong</translation>
    </message>
    <message>
        <source>normal closure</source>
        <translation>正常关闭</translation>
    </message>
    <message>
        <source>going away</source>
        <translation>即将离开</translation>
    </message>
    <message>
        <source>protocol error</source>
        <translation>协议错误</translation>
    </message>
    <message>
        <source>unsupported data</source>
        <translation>不支持的数据</translation>
    </message>
    <message>
        <source>invalid data</source>
        <translation>无效数据</translation>
    </message>
    <message>
        <source>policy violation</source>
        <translation>违反策略</translation>
    </message>
    <message>
        <source>message too big</source>
        <translation>消息过大</translation>
    </message>
    <message>
        <source>extension missing</source>
        <translation>缺少扩展</translation>
    </message>
    <message>
        <source>internal error</source>
        <translation>内部错误</translation>
    </message>
    <message>
        <source>service restart</source>
        <translation>服务重启</translation>
    </message>
    <message>
        <source>try again later</source>
        <translation>请稍后再试</translation>
    </message>
    <message>
        <source>bad gateway</source>
        <translation>网关错误</translation>
    </message>
    <message>
        <source>unauthorized</source>
        <translation>未授权</translation>
    </message>
    <message>
        <source>forbidden</source>
        <translation>禁止访问</translation>
    </message>
    <message>
        <source>time-out</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>of a library</source>
        <translation>由库定义</translation>
    </message>
    <message>
        <source>of the application</source>
        <translation>由应用定义</translation>
    </message>
    <message>
        <source>not a valid code</source>
        <translation>无效的代码</translation>
    </message>
    <message>
        <source>not valid UTF-8</source>
        <translation>不是有效的 UTF-8</translation>
    </message>
    <message>
        <source>only the beginning is kept</source>
        <translation>只保留了开头部分</translation>
    </message>
    <message>
        <source>compressed, and could not be read</source>
        <translation>已压缩，无法读取</translation>
    </message>
    <message>
        <source>open</source>
        <translation>已打开</translation>
    </message>
    <message>
        <source>the client left without a close frame</source>
        <translation>客户端未发送关闭帧就离开了</translation>
    </message>
    <message>
        <source>the client&apos;s connection broke off</source>
        <translation>客户端连接中断</translation>
    </message>
    <message>
        <source>the upstream left without a close frame</source>
        <translation>上游未发送关闭帧就离开了</translation>
    </message>
    <message>
        <source>the upstream&apos;s connection broke off</source>
        <translation>上游连接中断</translation>
    </message>
    <message>
        <source>ended after too long a standstill</source>
        <translation>停顿过久，已结束</translation>
    </message>
    <message>
        <source>ended by Sallyport</source>
        <translation>由 Sallyport 结束</translation>
    </message>
    <message>
        <source>ended; close frames could not be read</source>
        <translation>已结束；无法读取关闭帧</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>received</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>no code</source>
        <translation>无代码</translation>
    </message>
    <message>
        <source>%1 deflated</source>
        <translation>%1（已压缩）</translation>
    </message>
    <message>
        <source>the client closed: %1</source>
        <translation>客户端关闭：%1</translation>
    </message>
    <message>
        <source>the upstream closed: %1</source>
        <translation>上游关闭：%1</translation>
    </message>
    <message>
        <source>messages: %1 sent, %2 received</source>
        <translation>消息：发送 %1，接收 %2</translation>
    </message>
    <message>
        <source>compressed</source>
        <translation>已压缩</translation>
    </message>
    <message>
        <source>inside the tunnel: %1</source>
        <translation>隧道内：%1</translation>
    </message>
    <message numerus="yes">
        <source>(%n frame(s))</source>
        <translation>
            <numerusform>（%n 帧）</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sallyport::BarChart</name>
    <message numerus="yes">
        <source>%n bar(s); the arrow keys choose one</source>
        <translation>
            <numerusform>%n 个柱；用方向键选择</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was recorded in this time.</source>
        <translation>这段时间没有记录。</translation>
    </message>
</context>
<context>
    <name>sallyport::ComparisonWindow</name>
    <message>
        <source>Figures and headers of both</source>
        <translation>双方的数据和标头</translation>
    </message>
    <message>
        <source>Stop it</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Request %1, sent once more</source>
        <translation>重新发送的请求 %1</translation>
    </message>
    <message>
        <source>Responses of %1 and %2</source>
        <translation>%1 与 %2 的响应</translation>
    </message>
    <message>
        <source>sent once more</source>
        <translation>重新发送</translation>
    </message>
    <message>
        <source>Response of %1</source>
        <translation>%1 的响应</translation>
    </message>
</context>
<context>
    <name>sallyport::ConnectDialog</name>
    <message>
        <source>Connect Claude Code – Sallyport</source>
        <translation>连接 Claude Code – Sallyport</translation>
    </message>
    <message>
        <source>Copies lines for one terminal and writes nothing</source>
        <translation>复制供一个终端使用的命令行，不写入任何文件</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>✓ Connected. Claude Code %1 has just called.</source>
        <translation>✓ 已连接。Claude Code %1 刚刚发来了请求。</translation>
    </message>
    <message>
        <source>Copied. Paste the lines into a terminal and start claude there.</source>
        <translation>已复制。请粘贴到终端中，并在那里启动 claude。</translation>
    </message>
    <message>
        <source>There was nothing to take back: Sallyport has written nothing into %1.</source>
        <translation>没有需要撤销的内容：Sallyport 没有在 %1 中写入过任何东西。</translation>
    </message>
    <message>
        <source>%1 was removed: Sallyport had made it and nothing else was in it.</source>
        <translation>%1 已删除：它由 Sallyport 创建，其中没有其他内容。</translation>
    </message>
    <message>
        <source>Put back as it was in %1:
  %2</source>
        <translation>已在 %1 中恢复原样：
  %2</translation>
    </message>
    <message>
        <source>Left alone, because somebody else has changed it since:
  %1</source>
        <translation>未改动，因为之后被他人修改过：
  %1</translation>
    </message>
    <message>
        <source>Sessions of Claude Code that are running keep the old values until they are started anew.</source>
        <translation>正在运行的 Claude Code 会话会保留旧值，直到重新启动。</translation>
    </message>
    <message>
        <source>Changes to the files</source>
        <translation>对文件的修改</translation>
    </message>
    <message>
        <source>What is connected</source>
        <translation>要连接的对象</translation>
    </message>
    <message>
        <source>Copy variables</source>
        <translation>复制变量</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>断开连接</translation>
    </message>
    <message>
        <source>Choose the folder of the project first.</source>
        <translation>请先选择项目的文件夹。</translation>
    </message>
    <message>
        <source>%1: there is nothing to write.</source>
        <translation>%1：没有需要写入的内容。</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>The proxy %1 was set; Claude Code asks Sallyport instead of it. Where the way out leads through that proxy, give it to the upstream in routes.yaml: via: %1. Disconnect puts back what stood in the file.</source>
        <translation>之前设置了代理 %1；Claude Code 现在改为请求 Sallyport。如果出口必须经过该代理，请在 routes.yaml 中把它写到上游：via: %1。断开连接会恢复文件中原来的内容。</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>没有做任何修改。</translation>
    </message>
    <message>
        <source>Nothing was changed. To connect by hand, put this in:</source>
        <translation>没有做任何修改。要手动连接，请加入：</translation>
    </message>
</context>
<context>
    <name>sallyport::ConnectOptions</name>
    <message>
        <source>%1 (Windows)</source>
        <translation>%1（Windows）</translation>
    </message>
    <message>
        <source>By its &amp;address: Claude Code asks Sallyport, with a token of this machine</source>
        <translation>通过地址(&amp;A)：Claude Code 用本机令牌请求 Sallyport</translation>
    </message>
    <message>
        <source>By the &amp;proxy: Claude Code keeps its own login, and trusts a certificate of this machine</source>
        <translation>通过代理(&amp;P)：Claude Code 保留自己的登录，并信任本机证书</translation>
    </message>
    <message>
        <source>Create the certificate</source>
        <translation>创建证书</translation>
    </message>
    <message>
        <source>&amp;Settings in:</source>
        <translation>设置位于(&amp;S)：</translation>
    </message>
    <message>
        <source>Choose the folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>How:</source>
        <translation>方式：</translation>
    </message>
    <message>
        <source>&amp;Upstream:</source>
        <translation>上游(&amp;U)：</translation>
    </message>
    <message>
        <source>&amp;Keys:</source>
        <translation>键(&amp;K)：</translation>
    </message>
    <message>
        <source>Keys that are written</source>
        <translation>要写入的键</translation>
    </message>
    <message>
        <source>Folder of the project</source>
        <translation>项目的文件夹</translation>
    </message>
    <message>
        <source>as the routes say</source>
        <translation>由路由决定</translation>
    </message>
    <message>
        <source>always %1</source>
        <translation>始终为 %1</translation>
    </message>
    <message>
        <source>The proxy way needs hosts in `intercept:` of routes.yaml; `sallyport config preset intranet` adds those of Claude Code.</source>
        <translation>代理方式需要 routes.yaml 的 `intercept:` 中有主机；`sallyport config preset intranet` 会加入 Claude Code 的主机。</translation>
    </message>
    <message>
        <source>The proxy way needs a certificate of this machine that Claude Code is told to trust; there is none yet.</source>
        <translation>代理方式需要一个让 Claude Code 信任的本机证书；目前还没有。</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺少</translation>
    </message>
    <message>
        <source>applied</source>
        <translation>已写入</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>不同</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>被覆盖</translation>
    </message>
</context>
<context>
    <name>sallyport::ConversationBrowser</name>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message numerus="yes">
        <source>%n earlier part(s)</source>
        <translation>
            <numerusform>更早的 %n 段</numerusform>
        </translation>
    </message>
    <message>
        <source>cached up to here</source>
        <translation>缓存到此为止</translation>
    </message>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 像素</translation>
    </message>
    <message numerus="yes">
        <source>%n more line(s)</source>
        <translation>
            <numerusform>还有 %n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Show less</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>only its beginning is shown; Copy has all of it</source>
        <translation>此处只显示开头；“复制”可得到全部</translation>
    </message>
</context>
<context>
    <name>sallyport::ConversationPane</name>
    <message>
        <source>Unfold all</source>
        <translation>全部展开</translation>
    </message>
    <message>
        <source>Fold all</source>
        <translation>全部折叠</translation>
    </message>
    <message>
        <source>The contents of this request are no longer kept.</source>
        <translation>此请求的内容已不再保留。</translation>
    </message>
    <message>
        <source>The body of the request is not JSON.</source>
        <translation>请求正文不是 JSON。</translation>
    </message>
    <message>
        <source>Only the beginning of the request was kept.</source>
        <translation>只保留了请求的开头。</translation>
    </message>
    <message>
        <source>This is no request to the Messages API.</source>
        <translation>这不是对 Messages API 的请求。</translation>
    </message>
</context>
<context>
    <name>sallyport::CoreThread</name>
    <message>
        <source>The credential cannot be read: %1</source>
        <translation>无法读取凭据：%1</translation>
    </message>
    <message>
        <source>what was entered %1</source>
        <translation>输入的内容%1</translation>
    </message>
</context>
<context>
    <name>sallyport::Desktop</name>
    <message>
        <source>Connect Claude Code</source>
        <translation>连接 Claude Code</translation>
    </message>
    <message>
        <source>The proxy is off. Turn it on first, so that Claude Code finds somebody to talk to.</source>
        <translation>代理已关闭。请先打开，Claude Code 才有可以对话的对象。</translation>
    </message>
    <message>
        <source>Disconnect Claude Code</source>
        <translation>断开 Claude Code</translation>
    </message>
    <message>
        <source>Copy variables</source>
        <translation>复制变量</translation>
    </message>
    <message>
        <source>The proxy is off. Turn it on first.</source>
        <translation>代理已关闭。请先打开。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Open terminal</source>
        <translation>打开终端</translation>
    </message>
</context>
<context>
    <name>sallyport::DetailView</name>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>响应</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>URL copied</source>
        <translation>已复制 URL</translation>
    </message>
    <message>
        <source>As cURL (bash)</source>
        <translation>复制为 cURL (bash)</translation>
    </message>
    <message>
        <source>cURL command copied</source>
        <translation>已复制 cURL 命令</translation>
    </message>
    <message>
        <source>Close the detail</source>
        <translation>关闭详情</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭 (Esc)</translation>
    </message>
    <message>
        <source>Events %1</source>
        <translation>事件 %1</translation>
    </message>
    <message>
        <source>No response yet</source>
        <translation>尚无响应</translation>
    </message>
    <message>
        <source>Messages %1</source>
        <translation>消息 %1</translation>
    </message>
    <message>
        <source>Request body</source>
        <translation>请求正文</translation>
    </message>
    <message>
        <source>Response body</source>
        <translation>响应正文</translation>
    </message>
    <message>
        <source>Request body copied</source>
        <translation>已复制请求正文</translation>
    </message>
    <message>
        <source>Response body copied</source>
        <translation>已复制响应正文</translation>
    </message>
    <message>
        <source>Detail of the request</source>
        <translation>请求详情</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>原始</translation>
    </message>
    <message>
        <source>%1 in the session</source>
        <translation>本会话 %1</translation>
    </message>
    <message>
        <source>prices of %1</source>
        <translation>%1 的价格</translation>
    </message>
</context>
<context>
    <name>sallyport::DoctorWindow</name>
    <message>
        <source>✓ ok</source>
        <translation>✓ 正常</translation>
    </message>
    <message>
        <source>! warning</source>
        <translation>! 警告</translation>
    </message>
    <message>
        <source>✕ fault</source>
        <translation>✕ 故障</translation>
    </message>
    <message>
        <source>– not checked</source>
        <translation>– 未检查</translation>
    </message>
    <message>
        <source>Doctor – Sallyport</source>
        <translation>诊断 – Sallyport</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查项</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Fix</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Copies all results without secrets</source>
        <translation>复制全部结果，不含机密信息</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Progress of the checks</source>
        <translation>检查进度</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>… checking</source>
        <translation>… 检查中</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>All is well.</source>
        <translation>一切正常。</translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s)</source>
        <translation>
            <numerusform>发现 %n 个问题</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing to fix from here</source>
        <translation>没有可以在这里修复的内容</translation>
    </message>
    <message>
        <source>Fix: %1</source>
        <translation>修复：%1</translation>
    </message>
</context>
<context>
    <name>sallyport::EmptyState</name>
    <message>
        <source>The proxy is off</source>
        <translation>代理已关闭</translation>
    </message>
    <message>
        <source>Nothing passes through until it is turned on.</source>
        <translation>打开之前，不会有任何请求通过。</translation>
    </message>
    <message>
        <source>Turn it on</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Waiting on %1. Requests appear here the moment they arrive.</source>
        <translation>正在 %1 等待。请求一到达就会显示在这里。</translation>
    </message>
    <message>
        <source>Set up Claude Code</source>
        <translation>设置 Claude Code</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>没有匹配项</translation>
    </message>
    <message>
        <source>No request passes the filter.</source>
        <translation>没有请求符合筛选条件。</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>No requests yet</source>
        <translation>还没有请求</translation>
    </message>
    <message>
        <source>Claude Code is connected. Start it: its requests appear here the moment they arrive.</source>
        <translation>Claude Code 已连接。启动它，请求一到达就会显示在这里。</translation>
    </message>
</context>
<context>
    <name>sallyport::Engine</name>
    <message>
        <source>The configuration cannot be used.</source>
        <translation>配置无法使用。</translation>
    </message>
    <message>
        <source>Listening on %1 opens Sallyport to other machines: set access.allow_remote: true and a token in settings.yaml first.</source>
        <translation>监听 %1 会使其他机器也能访问 Sallyport：请先在 settings.yaml 中设置 access.allow_remote: true 和令牌。</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>已阻止</translation>
    </message>
    <message>
        <source>direct</source>
        <translation>直连</translation>
    </message>
    <message>
        <source>Sallyport does not listen</source>
        <translation>Sallyport 没有在监听</translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) are on their way already</source>
        <translation>
            <numerusform>已有 %n 个请求正在发送</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sallyport::EventModel</name>
    <message>
        <source>#</source>
        <translation>#</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
</context>
<context>
    <name>sallyport::EventsPane</name>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Choose an event to read it.</source>
        <translation>选择一个事件以查看内容。</translation>
    </message>
    <message>
        <source>The response is not an event stream.</source>
        <translation>此响应不是事件流。</translation>
    </message>
    <message>
        <source>No event yet.</source>
        <translation>还没有事件。</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>%n 个事件</numerusform>
        </translation>
    </message>
    <message>
        <source>longest silence %1</source>
        <translation>最长静默 %1</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>What passes through this tunnel is not read.</source>
        <translation>不读取此隧道中的内容。</translation>
    </message>
    <message>
        <source>No message yet.</source>
        <translation>还没有消息。</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n 条消息</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the first %n are no longer kept</source>
        <translation>
            <numerusform>最早的 %n 条已不再保留</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: not readable any more, %2</source>
        <translation>%1：无法继续读取，%2</translation>
    </message>
</context>
<context>
    <name>sallyport::ExchangeTableModel</name>
    <message>
        <source>#</source>
        <translation>#</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>In</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>1st byte</source>
        <translation>首字节</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Number in the history</source>
        <translation>历史记录中的编号</translation>
    </message>
    <message>
        <source>Tokens read from the prompt cache, + written to it</source>
        <translation>从提示缓存读取的 token，+ 写入的 token</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Waterfall</source>
        <translation>瀑布图</translation>
    </message>
    <message>
        <source>Re-sent from %1</source>
        <translation>由 %1 重新发送</translation>
    </message>
</context>
<context>
    <name>sallyport::ExplainLine</name>
    <message>
        <source>E&amp;xplain:</source>
        <translation>解释(&amp;X)：</translation>
    </message>
    <message>
        <source>POST /v1/messages, a URL, or a line of curl</source>
        <translation>POST /v1/messages、URL，或一行 curl</translation>
    </message>
    <message>
        <source>Says where a request would go, without sending it</source>
        <translation>说明请求会去哪里，而不发送它</translation>
    </message>
    <message>
        <source>Where the request would go</source>
        <translation>请求会去哪里</translation>
    </message>
</context>
<context>
    <name>sallyport::FilterLine</name>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Filter: words, status:&gt;=400, model:haiku, is:stream, -path:count_tokens</source>
        <translation>筛选：关键词、status:&gt;=400、model:haiku、is:stream、-path:count_tokens</translation>
    </message>
    <message>
        <source>“body:” looks through the history, which is switched off.</source>
        <translation>“body:” 要查历史记录，而历史记录已关闭。</translation>
    </message>
</context>
<context>
    <name>sallyport::FilterMenu</name>
    <message>
        <source>Save this filter…</source>
        <translation>保存此筛选…</translation>
    </message>
    <message>
        <source>Save the filter</source>
        <translation>保存筛选</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Rename the filter</source>
        <translation>重命名筛选</translation>
    </message>
    <message>
        <source>Used last</source>
        <translation>最近使用</translation>
    </message>
    <message>
        <source>Name:</source>
        <translation>名称：</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>sallyport::FindBar</name>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Find in the detail</source>
        <translation>在详情中查找</translation>
    </message>
    <message>
        <source>Previous match (Shift+Enter)</source>
        <translation>上一个匹配 (Shift+Enter)</translation>
    </message>
    <message>
        <source>Next match (Enter)</source>
        <translation>下一个匹配 (Enter)</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭 (Esc)</translation>
    </message>
    <message>
        <source>no match</source>
        <translation>无匹配</translation>
    </message>
</context>
<context>
    <name>sallyport::HealthCheckChip</name>
    <message>
        <source>Hide health checks</source>
        <translation>隐藏健康检查</translation>
    </message>
    <message numerus="yes">
        <source>%Ln health check(s) hidden</source>
        <translation>
            <numerusform>已隐藏 %Ln 个健康检查</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln health check(s)</source>
        <translation>
            <numerusform>%Ln 个健康检查</numerusform>
        </translation>
    </message>
    <message>
        <source>Requests for /healthz, /healthcheck, /readyz and /metrics that were answered without an error</source>
        <translation>对 /healthz、/healthcheck、/readyz 和 /metrics 的请求，且应答没有错误</translation>
    </message>
    <message>
        <source>Click to show them</source>
        <translation>点击以显示</translation>
    </message>
    <message>
        <source>Click to hide them</source>
        <translation>点击以隐藏</translation>
    </message>
</context>
<context>
    <name>sallyport::HistoryBar</name>
    <message numerus="yes">
        <source>%Ln older match(es)</source>
        <translation>
            <numerusform>%Ln 个更早的匹配</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln older request(s)</source>
        <translation>
            <numerusform>%Ln 个更早的请求</numerusform>
        </translation>
    </message>
    <message>
        <source>looked back to %1</source>
        <translation>已查到 %1</translation>
    </message>
    <message>
        <source>Searching the history…</source>
        <translation>正在搜索历史记录…</translation>
    </message>
    <message>
        <source>that is all of the history</source>
        <translation>历史记录到此为止</translation>
    </message>
    <message>
        <source>no more are shown at a time; a filter reaches further</source>
        <translation>一次不再显示更多；用筛选可以查得更远</translation>
    </message>
    <message>
        <source>The history cannot be read: %1</source>
        <translation>无法读取历史记录：%1</translation>
    </message>
    <message>
        <source>Show older requests</source>
        <translation>显示更早的请求</translation>
    </message>
    <message>
        <source>Show older requests (Ctrl+PgUp)</source>
        <translation>显示更早的请求 (Ctrl+PgUp)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the search (Esc)</source>
        <translation>停止搜索 (Esc)</translation>
    </message>
    <message>
        <source>Stop searching the history</source>
        <translation>停止搜索历史记录</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Older</source>
        <translation>更早</translation>
    </message>
    <message>
        <source>Requests from before, if any were kept, are in the history.</source>
        <translation>此前的请求（如有保留）可在历史记录中查看。</translation>
    </message>
</context>
<context>
    <name>sallyport::HistoryMenu</name>
    <message>
        <source>No longer kept: the log holds the last 10,000 requests, and the history is switched off.</source>
        <translation>已不再保留：日志只保留最近 10,000 个请求，且历史记录已关闭。</translation>
    </message>
    <message>
        <source>Not kept: history.bodies in settings.yaml is 0.</source>
        <translation>未保留：settings.yaml 中的 history.bodies 为 0。</translation>
    </message>
    <message>
        <source>No longer kept: the history holds headers and bodies for %1 h, %2 in all, and of %3 requests a second without a window (history in settings.yaml).</source>
        <translation>已不再保留：历史记录保留标头和正文 %1 小时，总共 %2，没有窗口时每秒保留 %3 个请求的（settings.yaml 中的 history）。</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Show older requests</source>
        <translation>显示更早的请求</translation>
    </message>
    <message>
        <source>Keep a history on this machine</source>
        <translation>在本机保留历史记录</translation>
    </message>
    <message>
        <source>Clear the history…</source>
        <translation>清空历史记录…</translation>
    </message>
    <message>
        <source>Requests for %1 days, their headers and bodies for %2 h, at most %3</source>
        <translation>请求保留 %1 天，标头和正文保留 %2 小时，最多 %3</translation>
    </message>
    <message>
        <source>Clear the history</source>
        <translation>清空历史记录</translation>
    </message>
    <message>
        <source>Forget all requests that are kept on this machine?</source>
        <translation>要删除本机保留的所有请求吗？</translation>
    </message>
    <message>
        <source>Their headers, bodies and figures cannot be brought back. Requests that are under way go on.</source>
        <translation>其标头、正文和数据将无法恢复。进行中的请求会继续。</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The history is empty</source>
        <translation>历史记录已清空</translation>
    </message>
    <message>
        <source>The history was not cleared: %1</source>
        <translation>历史记录未能清空：%1</translation>
    </message>
</context>
<context>
    <name>sallyport::HistoryWorker</name>
    <message>
        <source>The history %1 cannot be used: %2. Nothing is kept.</source>
        <translation>历史记录 %1 无法使用：%2。不会保存任何内容。</translation>
    </message>
    <message>
        <source>The history %1 was damaged (%2); it is kept as %3, and a new one is begun.</source>
        <translation>历史记录 %1 已损坏（%2）；它已另存为 %3，并重新开始记录。</translation>
    </message>
</context>
<context>
    <name>sallyport::ImportDialog</name>
    <message>
        <source>not taken over: %1</source>
        <translation>未导入：%1</translation>
    </message>
    <message>
        <source>is there already, as &quot;%1&quot;</source>
        <translation>已存在，名为“%1”</translation>
    </message>
    <message>
        <source>left: %1</source>
        <translation>未带入：%1</translation>
    </message>
    <message>
        <source>found</source>
        <translation>已找到</translation>
    </message>
    <message>
        <source>Import – Sallyport</source>
        <translation>导入 – Sallyport</translation>
    </message>
    <message>
        <source>Providers that were found</source>
        <translation>找到的供应商</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>供应商</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>What is ticked becomes an upstream in routes.yaml. Keys are kept apart from it; the programs that have them now keep them too.</source>
        <translation>勾选的项目会成为 routes.yaml 中的上游。密钥与该文件分开保存；原来的程序仍保留自己的密钥。</translation>
    </message>
    <message>
        <source>Changes to routes.yaml</source>
        <translation>对 routes.yaml 的更改</translation>
    </message>
    <message>
        <source>into the keychain of the desktop</source>
        <translation>存入桌面的密钥环</translation>
    </message>
    <message>
        <source>into files in %1 that only you can read</source>
        <translation>存入 %1 中只有您能读取的文件</translation>
    </message>
    <message>
        <source>&amp;Keys go</source>
        <translation>密钥(&amp;K)</translation>
    </message>
    <message>
        <source>Claude Code&apos;s &amp;requests go</source>
        <translation>Claude Code 的请求发往(&amp;R)</translation>
    </message>
    <message>
        <source>From a &amp;file…</source>
        <translation>从文件(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Import</source>
        <translation>导入(&amp;I)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>A configuration of Sallyport</source>
        <translation>Sallyport 的配置</translation>
    </message>
    <message>
        <source>YAML (*.yaml *.yml)</source>
        <translation>YAML (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>where they go now</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>to %1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>Neither a base URL of Claude Code, nor cc-switch, nor claude-code-router was found on this machine.</source>
        <translation>在本机未找到 Claude Code 的基础地址、cc-switch 或 claude-code-router。</translation>
    </message>
    <message>
        <source>The keychain did not take the key, and nothing is written: %1
Choose above that keys go into files, and import again.</source>
        <translation>密钥环未接受密钥，未写入任何内容：%1
请在上面选择把密钥存入文件，然后重新导入。</translation>
    </message>
    <message>
        <source>runs a program: %1</source>
        <translation>会运行程序：%1</translation>
    </message>
</context>
<context>
    <name>sallyport::JsonTreeModel</name>
    <message>
        <source>(all)</source>
        <translation>(全部)</translation>
    </message>
</context>
<context>
    <name>sallyport::JsonView</name>
    <message>
        <source>Body as a tree</source>
        <translation>树形正文</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Choose a value to read all of it.</source>
        <translation>选择一个值以查看全部内容。</translation>
    </message>
    <message>
        <source>Copy value</source>
        <translation>复制值</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>复制路径</translation>
    </message>
</context>
<context>
    <name>sallyport::LiveHead</name>
    <message>
        <source>≈ %1 tokens/s</source>
        <translation>≈ %1 token/秒</translation>
    </message>
    <message>
        <source>≈ %1 tokens out</source>
        <translation>输出 ≈ %1 token</translation>
    </message>
    <message>
        <source>last byte %1 ago</source>
        <translation>最后一个字节在 %1 前</translation>
    </message>
</context>
<context>
    <name>sallyport::LogBar</name>
    <message>
        <source>‖ Paused</source>
        <translation>‖ 已暂停</translation>
    </message>
    <message>
        <source>● Recording</source>
        <translation>● 记录中</translation>
    </message>
    <message>
        <source>◌ Finishing</source>
        <translation>◌ 正在结束</translation>
    </message>
    <message>
        <source>! Trouble</source>
        <translation>! 故障</translation>
    </message>
    <message>
        <source>○ Off</source>
        <translation>○ 已关闭</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Stop the display, not the traffic (Ctrl+P)</source>
        <translation>暂停显示，不影响流量 (Ctrl+P)</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>live</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Show only these</source>
        <translation>只显示这些</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Show what came since, and go on (Ctrl+P)</source>
        <translation>显示暂停后收到的请求并继续（Ctrl+P）</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Everything that the tray&apos;s menu has (F10)</source>
        <translation>托盘菜单中的全部功能（F10）</translation>
    </message>
    <message>
        <source>Empty the table; the history stays</source>
        <translation>清空表格；历史记录保留</translation>
    </message>
    <message>
        <source>Saved filters</source>
        <translation>已保存的筛选</translation>
    </message>
    <message>
        <source>Filters with a name, and those used last</source>
        <translation>已命名的筛选和最近使用的筛选</translation>
    </message>
</context>
<context>
    <name>sallyport::LogTable</name>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message numerus="yes">
        <source>↓ %n new · End</source>
        <translation>
            <numerusform>↓ %n 条新请求 · End</numerusform>
        </translation>
    </message>
    <message>
        <source>New requests below</source>
        <translation>下方有新请求</translation>
    </message>
    <message>
        <source>Keep this session at %1</source>
        <translation>让此会话固定使用 %1</translation>
    </message>
    <message>
        <source>Let this session go to any target</source>
        <translation>让此会话可使用任意目标</translation>
    </message>
</context>
<context>
    <name>sallyport::LogWindow</name>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Keys (F1)</source>
        <translation>快捷键 (F1)</translation>
    </message>
    <message>
        <source>Rows copied</source>
        <translation>已复制所选行</translation>
    </message>
    <message>
        <source>Requests – Sallyport</source>
        <translation>请求日志 – Sallyport</translation>
    </message>
    <message>
        <source>Selected requests</source>
        <translation>所选请求</translation>
    </message>
</context>
<context>
    <name>sallyport::MessagePane</name>
    <message>
        <source>first %1 shown</source>
        <translation>仅显示前 %1</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>标头</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>正文</translation>
    </message>
    <message>
        <source>Copy body</source>
        <translation>复制正文</translation>
    </message>
    <message>
        <source>No body</source>
        <translation>没有正文</translation>
    </message>
    <message>
        <source>No body yet</source>
        <translation>尚无正文</translation>
    </message>
    <message>
        <source>long lines broken here, not in the copy</source>
        <translation>长行仅在此处折断，复制时不变</translation>
    </message>
    <message>
        <source>only its beginning was kept</source>
        <translation>只保留了开头</translation>
    </message>
    <message>
        <source>not decoded</source>
        <translation>未解码</translation>
    </message>
    <message>
        <source>no longer kept (limit 64 MiB)</source>
        <translation>已不再保留（上限 64 MiB）</translation>
    </message>
    <message>
        <source>Tree</source>
        <translation>树形</translation>
    </message>
    <message>
        <source>Show JSON as a tree</source>
        <translation>以树形显示 JSON</translation>
    </message>
</context>
<context>
    <name>sallyport::NoticeBar</name>
    <message>
        <source>Hide this notice</source>
        <translation>隐藏此通知</translation>
    </message>
</context>
<context>
    <name>sallyport::Notifier</name>
    <message>
        <source>Open request log</source>
        <translation>打开请求日志</translation>
    </message>
</context>
<context>
    <name>sallyport::OverviewPane</name>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Received as</source>
        <translation>收到时为</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>流</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>client</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>gateway</source>
        <translation>网关</translation>
    </message>
    <message>
        <source>forward proxy</source>
        <translation>正向代理</translation>
    </message>
    <message>
        <source>tunnel</source>
        <translation>隧道</translation>
    </message>
    <message>
        <source>route %1</source>
        <translation>路由 %1</translation>
    </message>
    <message>
        <source>upstream %1</source>
        <translation>上游 %1</translation>
    </message>
    <message>
        <source>%1 (kept connection)</source>
        <translation>%1（复用连接）</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>%n 个事件</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 sent, %2 received</source>
        <translation>发送 %1，接收 %2</translation>
    </message>
    <message>
        <source>WebSocket</source>
        <translation>WebSocket</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Timing</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>正文</translation>
    </message>
    <message>
        <source>handled here</source>
        <translation>由本机处理</translation>
    </message>
    <message>
        <source>Interception</source>
        <translation>拦截</translation>
    </message>
    <message>
        <source>Tunnel not opened: %1</source>
        <translation>隧道未打开：%1</translation>
    </message>
    <message>
        <source>Tunnel opened, by “%1” in intercept</source>
        <translation>隧道已打开，依据 intercept 中的“%1”</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Prompt cache</source>
        <translation>提示词缓存</translation>
    </message>
    <message>
        <source>Find out why</source>
        <translation>查找原因</translation>
    </message>
</context>
<context>
    <name>sallyport::PictureStrip</name>
    <message>
        <source>Picture, %1 × %2, %3</source>
        <translation>图片，%1 × %2，%3</translation>
    </message>
</context>
<context>
    <name>sallyport::PreferencesDialog</name>
    <message>
        <source>Settings – Sallyport</source>
        <translation>设置 – Sallyport</translation>
    </message>
    <message>
        <source>Start at &amp;login, in the tray</source>
        <translation>登录时在托盘中启动(&amp;L)</translation>
    </message>
    <message>
        <source>Show &amp;notifications: port taken, credential refused, upstream down, settings changed</source>
        <translation>显示通知(&amp;N)：端口被占用、凭据被拒绝、上游不可用、设置被更改</translation>
    </message>
    <message>
        <source>At &amp;Quit, while Claude Code is connected:</source>
        <translation>退出时(&amp;Q)，若 Claude Code 已连接：</translation>
    </message>
    <message>
        <source>ask</source>
        <translation>询问</translation>
    </message>
    <message>
        <source>restore its settings</source>
        <translation>还原它的设置</translation>
    </message>
    <message>
        <source>keep it connected</source>
        <translation>保持连接</translation>
    </message>
    <message>
        <source>The proxy itself is set in two files, which are read again as soon as they are saved. They are in %1.</source>
        <translation>代理本身由两个文件设置，保存后立即重新读取。它们位于 %1。</translation>
    </message>
    <message>
        <source>Set up gateway…</source>
        <translation>设置网关…</translation>
    </message>
    <message>
        <source>Open settings.yaml</source>
        <translation>打开 settings.yaml</translation>
    </message>
    <message>
        <source>Open routes.yaml</source>
        <translation>打开 routes.yaml</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Routes…</source>
        <translation>路由…</translation>
    </message>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Upstreams</source>
        <translation>上游</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Takes over providers of Claude Code, cc-switch, claude-code-router, or of an exported configuration</source>
        <translation>导入 Claude Code、cc-switch、claude-code-router 或已导出配置中的供应商</translation>
    </message>
    <message>
        <source>Export without keys…</source>
        <translation>导出（不含密钥）…</translation>
    </message>
    <message>
        <source>Export without keys</source>
        <translation>导出（不含密钥）</translation>
    </message>
    <message>
        <source>YAML (*.yaml *.yml)</source>
        <translation>YAML (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>%1 is written; no key is in it.</source>
        <translation>已写入 %1；其中没有密钥。</translation>
    </message>
    <message>
        <source>Replaced: %1</source>
        <translation>已替换：%1</translation>
    </message>
    <message>
        <source>&amp;Language:</source>
        <translation>语言(&amp;L)：</translation>
    </message>
    <message>
        <source>of the system</source>
        <translation>跟随系统</translation>
    </message>
</context>
<context>
    <name>sallyport::QuitQuestion</name>
    <message>
        <source>Quit Sallyport</source>
        <translation>退出 Sallyport</translation>
    </message>
    <message>
        <source>Restore and Quit</source>
        <translation>恢复并退出</translation>
    </message>
    <message>
        <source>Quit, Keep Connected</source>
        <translation>退出并保持连接</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Claude Code is connected to Sallyport. Without Sallyport its requests fail, unless its settings are restored.</source>
        <translation>Claude Code 已连接到 Sallyport。除非恢复其设置，否则没有 Sallyport 时它的请求会失败。</translation>
    </message>
    <message>
        <source>Remember the answer, also for the end of the session</source>
        <translation>记住此选择，会话结束时也适用</translation>
    </message>
</context>
<context>
    <name>sallyport::RawPane</name>
    <message>
        <source>Raw</source>
        <translation>原始</translation>
    </message>
</context>
<context>
    <name>sallyport::ResendActions</name>
    <message>
        <source>Re-send</source>
        <translation>重新发送</translation>
    </message>
    <message>
        <source>Edit and re-send…</source>
        <translation>编辑后重新发送…</translation>
    </message>
    <message>
        <source>Compare the responses</source>
        <translation>比较响应</translation>
    </message>
    <message>
        <source>Request %1 cannot be sent again: its headers and body are no longer kept.</source>
        <translation>无法重新发送请求 %1：它的标头和正文已不再保留。</translation>
    </message>
    <message>
        <source>Headers and body of request %1 are no longer kept.</source>
        <translation>请求 %1 的标头和正文已不再保留。</translation>
    </message>
    <message>
        <source>Request %1 cannot be sent again: %2</source>
        <translation>无法重新发送请求 %1：%2</translation>
    </message>
    <message>
        <source>Request %1 is sent once more</source>
        <translation>正在重新发送请求 %1</translation>
    </message>
    <message>
        <source>The request was not sent: %1.</source>
        <translation>请求没有发送：%1。</translation>
    </message>
</context>
<context>
    <name>sallyport::ResendDialog</name>
    <message>
        <source>Edit and re-send request %1</source>
        <translation>编辑后重新发送请求 %1</translation>
    </message>
    <message>
        <source>as the routes say</source>
        <translation>按路由决定</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>标头</translation>
    </message>
    <message>
        <source>Take the body from a file…</source>
        <translation>从文件读取正文…</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>正文</translation>
    </message>
    <message>
        <source>Body, %1</source>
        <translation>正文，%1</translation>
    </message>
    <message>
        <source>The body of %1 goes as it was recorded. It is too large, or has too long a line, to be edited here: copy it, edit it, and take it from a file.</source>
        <translation>正文（%1）将按记录原样发送。它太大，或有太长的行，无法在此编辑：请复制出来编辑，再从文件读取。</translation>
    </message>
    <message>
        <source>Not kept, and therefore missing: %1. The upstream&apos;s own credential goes with the request. An upstream with &quot;credential: none&quot; has no other than what is written above.</source>
        <translation>未保留、因此缺少：%1。请求会带上上游自己的凭据。设为“credential: none”的上游只有上面所写的凭据。</translation>
    </message>
    <message>
        <source>A secret in the target was masked when it was recorded: write it anew.</source>
        <translation>目标中的机密在记录时已被遮盖：请重新填写。</translation>
    </message>
    <message>
        <source>A secret in the body was masked when it was recorded, and goes as the mask.</source>
        <translation>正文中的机密在记录时已被遮盖，将以遮盖后的文本发送。</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Through</source>
        <translation>经由</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>%1 has more than %2.</source>
        <translation>%1 超过 %2。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no method that can be sent.</source>
        <translation>“%1”不是可以发送的方法。</translation>
    </message>
    <message>
        <source>The target cannot be sent: %1</source>
        <translation>目标无法发送：%1</translation>
    </message>
    <message>
        <source>The target still has the mask of a secret in it.</source>
        <translation>目标中仍有被遮盖的机密。</translation>
    </message>
</context>
<context>
    <name>sallyport::RouteDialog</name>
    <message>
        <source>send to an upstream</source>
        <translation>发往上游</translation>
    </message>
    <message>
        <source>answer here</source>
        <translation>在此应答</translation>
    </message>
    <message>
        <source>redirect</source>
        <translation>重定向</translation>
    </message>
    <message>
        <source>block</source>
        <translation>屏蔽</translation>
    </message>
    <message>
        <source>send straight to the host</source>
        <translation>直接发往主机</translation>
    </message>
    <message>
        <source>New route – Sallyport</source>
        <translation>新路由 – Sallyport</translation>
    </message>
    <message>
        <source>Route %1 – Sallyport</source>
        <translation>路由 %1 – Sallyport</translation>
    </message>
    <message>
        <source>Switched &amp;on</source>
        <translation>启用(&amp;O)</translation>
    </message>
    <message>
        <source>empty: requests for Sallyport itself</source>
        <translation>留空：发给 Sallyport 自身的请求</translation>
    </message>
    <message>
        <source>empty: all, else like GET, POST</source>
        <translation>留空：全部；否则如 GET, POST</translation>
    </message>
    <message>
        <source>empty: the path stays as it is</source>
        <translation>留空：路径保持不变</translation>
    </message>
    <message>
        <source>only with the local token</source>
        <translation>仅限持本地令牌</translation>
    </message>
    <message>
        <source>open to every program here</source>
        <translation>对本机所有程序开放</translation>
    </message>
    <message>
        <source>As in routes.yaml, a key on a line: %1</source>
        <translation>与 routes.yaml 中相同，每行一个键：%1</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>名称(&amp;N)：</translation>
    </message>
    <message>
        <source>&amp;Host:</source>
        <translation>主机(&amp;H)：</translation>
    </message>
    <message>
        <source>&amp;Path begins with:</source>
        <translation>路径开头(&amp;P)：</translation>
    </message>
    <message>
        <source>&amp;Methods:</source>
        <translation>方法(&amp;M)：</translation>
    </message>
    <message>
        <source>&amp;Action:</source>
        <translation>动作(&amp;A)：</translation>
    </message>
    <message>
        <source>&amp;Upstream:</source>
        <translation>上游(&amp;U)：</translation>
    </message>
    <message>
        <source>Upstream</source>
        <translation>上游</translation>
    </message>
    <message>
        <source>&amp;With:</source>
        <translation>内容(&amp;W)：</translation>
    </message>
    <message>
        <source>What is answered</source>
        <translation>应答的内容</translation>
    </message>
    <message>
        <source>Path &amp;becomes:</source>
        <translation>路径变为(&amp;B)：</translation>
    </message>
    <message>
        <source>A&amp;ccess:</source>
        <translation>访问(&amp;C)：</translation>
    </message>
    <message>
        <source>Other &amp;rules:</source>
        <translation>其他规则(&amp;R)：</translation>
    </message>
    <message>
        <source>Lines of routes.yaml that change</source>
        <translation>routes.yaml 中变化的行</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>sallyport::RouteEditor</name>
    <message>
        <source>Routes – Sallyport</source>
        <translation>路由 – Sallyport</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>编辑(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>移除(&amp;R)</translation>
    </message>
    <message>
        <source>Move &amp;up</source>
        <translation>上移(&amp;U)</translation>
    </message>
    <message>
        <source>Move &amp;down</source>
        <translation>下移(&amp;D)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>All routes for Claude Code in a closed network</source>
        <translation>封闭网络中 Claude Code 的全部路由</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>添加(&amp;A)</translation>
    </message>
    <message>
        <source>Routes, in the order of the file</source>
        <translation>路由，按文件中的顺序</translation>
    </message>
    <message>
        <source>Open routes.yaml</source>
        <translation>打开 routes.yaml</translation>
    </message>
    <message>
        <source>Upstreams…</source>
        <translation>上游…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Each change is written at once to %1, as the lines that change and no others.</source>
        <translation>每次更改都立即写入 %1，只改动相关的行。</translation>
    </message>
    <message>
        <source>The latest change of routes.yaml</source>
        <translation>routes.yaml 的最近一次更改</translation>
    </message>
    <message>
        <source>The file was changed by another program and read again.</source>
        <translation>文件已被另一个程序更改，并已重新读取。</translation>
    </message>
    <message>
        <source>Nothing can be edited until the file is mended: %1</source>
        <translation>文件修好之前无法编辑：%1</translation>
    </message>
    <message>
        <source>Written, and in force at once:</source>
        <translation>已写入并立即生效：</translation>
    </message>
</context>
<context>
    <name>sallyport::RouteTableModel</name>
    <message>
        <source>answers %1</source>
        <translation>应答 %1</translation>
    </message>
    <message>
        <source>redirects to %1</source>
        <translation>重定向到 %1</translation>
    </message>
    <message>
        <source>blocks</source>
        <translation>屏蔽</translation>
    </message>
    <message>
        <source>straight to the host</source>
        <translation>直达主机</translation>
    </message>
    <message>
        <source>path becomes %1</source>
        <translation>路径变为 %1</translation>
    </message>
    <message>
        <source>open</source>
        <translation>开放</translation>
    </message>
    <message>
        <source>headers</source>
        <translation>标头</translation>
    </message>
    <message>
        <source>model names</source>
        <translation>模型名称</translation>
    </message>
    <message>
        <source>cache</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>limits</source>
        <translation>限制</translation>
    </message>
    <message>
        <source>token estimate</source>
        <translation>令牌估算</translation>
    </message>
    <message>
        <source>%1, on</source>
        <translation>%1，已启用</translation>
    </message>
    <message>
        <source>%1, off</source>
        <translation>%1，已关闭</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>Does</source>
        <translation>动作</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
</context>
<context>
    <name>sallyport::RowActions</name>
    <message>
        <source>Not exported: %1</source>
        <translation>未导出：%1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln request(s) written to %1</source>
        <translation>
            <numerusform>已将 %Ln 个请求写入 %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln without headers and bodies</source>
        <translation>
            <numerusform>%Ln 个没有标头和正文</numerusform>
        </translation>
    </message>
    <message>
        <source>Export the selected…</source>
        <translation>导出所选…</translation>
    </message>
    <message>
        <source>Export all that pass the filter…</source>
        <translation>导出符合筛选的全部…</translation>
    </message>
    <message>
        <source>Copy URL</source>
        <translation>复制 URL</translation>
    </message>
    <message>
        <source>URL copied</source>
        <translation>已复制 URL</translation>
    </message>
    <message>
        <source>Copy as cURL (bash)</source>
        <translation>复制为 cURL (bash)</translation>
    </message>
    <message>
        <source>Copy as cURL (cmd)</source>
        <translation>复制为 cURL (cmd)</translation>
    </message>
    <message>
        <source>Copy for PowerShell</source>
        <translation>复制为 PowerShell 命令</translation>
    </message>
    <message>
        <source>Copy request body</source>
        <translation>复制请求正文</translation>
    </message>
    <message>
        <source>Request body copied</source>
        <translation>已复制请求正文</translation>
    </message>
    <message>
        <source>Copy response body</source>
        <translation>复制响应正文</translation>
    </message>
    <message>
        <source>Response body copied</source>
        <translation>已复制响应正文</translation>
    </message>
    <message>
        <source>Copy error report</source>
        <translation>复制错误报告</translation>
    </message>
    <message>
        <source>Error report copied</source>
        <translation>错误报告已复制</translation>
    </message>
    <message>
        <source>Command copied</source>
        <translation>命令已复制</translation>
    </message>
    <message>
        <source>Export requests</source>
        <translation>导出请求</translation>
    </message>
    <message>
        <source>HTTP Archive (*.har)</source>
        <translation>HTTP 存档 (*.har)</translation>
    </message>
    <message>
        <source>JSON, one object a line (*.jsonl)</source>
        <translation>JSON，每行一个对象 (*.jsonl)</translation>
    </message>
    <message>
        <source>Table without contents (*.csv)</source>
        <translation>不含内容的表格 (*.csv)</translation>
    </message>
    <message>
        <source>Bundle for a ticket…</source>
        <translation>工单用的打包文件…</translation>
    </message>
    <message>
        <source>Bundle for a ticket</source>
        <translation>工单用的打包文件</translation>
    </message>
</context>
<context>
    <name>sallyport::SessionGrouping</name>
    <message>
        <source>Group by session</source>
        <translation>按会话分组</translation>
    </message>
</context>
<context>
    <name>sallyport::SessionTree</name>
    <message>
        <source>Requests by session</source>
        <translation>按会话的请求</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>In</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>From cache</source>
        <translation>来自缓存</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Session %1</source>
        <translation>会话 %1</translation>
    </message>
    <message>
        <source>Main agent</source>
        <translation>主代理</translation>
    </message>
    <message>
        <source>Subagent %1</source>
        <translation>子代理 %1</translation>
    </message>
</context>
<context>
    <name>sallyport::SetupDialog</name>
    <message>
        <source>Set up Sallyport</source>
        <translation>设置 Sallyport</translation>
    </message>
    <message>
        <source>Through a &amp;gateway of my company</source>
        <translation>通过公司的网关(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Use the sandbox: answers on this machine, costs nothing, sends nothing</source>
        <translation>使用沙盒：在本机应答，不产生费用，不发送任何内容(&amp;U)</translation>
    </message>
    <message>
        <source>empty: Claude Code&apos;s own credential is passed on</source>
        <translation>留空：转发 Claude Code 自己的凭据</translation>
    </message>
    <message>
        <source>only for a certificate that the system does not trust</source>
        <translation>仅当系统不信任其证书时需要</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>选择(&amp;H)…</translation>
    </message>
    <message>
        <source>CA file</source>
        <translation>CA 文件</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer)</source>
        <translation>证书 (*.pem *.crt *.cer)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>地址(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Key</source>
        <translation>密钥(&amp;K)</translation>
    </message>
    <message>
        <source>Sent as</source>
        <translation>发送方式</translation>
    </message>
    <message>
        <source>&amp;CA file</source>
        <translation>CA 文件(&amp;C)</translation>
    </message>
    <message>
        <source>Where should requests go?</source>
        <translation>请求应发往哪里？</translation>
    </message>
    <message>
        <source>The key is kept in a file that only you can read. All of this can be changed later in %1.</source>
        <translation>密钥保存在只有您能读取的文件中。以后可在 %1 中修改所有这些设置。</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>测试(&amp;T)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation>正在询问 %1…</translation>
    </message>
    <message>
        <source>Models: %1</source>
        <translation>模型：%1</translation>
    </message>
    <message>
        <source>Sallyport is a gate on this machine: Claude Code&apos;s requests pass through it to your company&apos;s gateway, and you see each of them live. First the gateway, then Claude Code is connected with one click.</source>
        <translation>Sallyport 是本机上的一道关口：Claude Code 的请求经它前往公司的网关，每个请求都实时可见。先设置网关，然后一键连接 Claude Code。</translation>
    </message>
    <message>
        <source>Changes to routes.yaml</source>
        <translation>对 routes.yaml 的更改</translation>
    </message>
    <message>
        <source>%1 Mend this first: nothing is written into a file that cannot be read.</source>
        <translation>%1 请先修正：不会写入无法读取的文件。</translation>
    </message>
    <message>
        <source>empty: %1 stays</source>
        <translation>留空：%1 保持不变</translation>
    </message>
    <message>
        <source>These lines of routes.yaml change, all others stay; it is kept as %1 before.</source>
        <translation>routes.yaml 只改这些行，其余不变；更改前会另存为 %1。</translation>
    </message>
    <message>
        <source>This &amp;network is closed: answer here what else Claude Code asks of Anthropic</source>
        <translation>此网络是封闭的：Claude Code 向 Anthropic 的其他询问由本机应答(&amp;N)</translation>
    </message>
    <message>
        <source>Adds the routes of the preset &quot;Claude Code in an intranet&quot; to routes.yaml. Each can be switched off and edited later.</source>
        <translation>把预设“内网中的 Claude Code”的路由加入 routes.yaml。以后可逐条关闭或编辑。</translation>
    </message>
    <message>
        <source>Found on this machine: %1</source>
        <translation>在本机找到：%1</translation>
    </message>
    <message>
        <source>Take over…</source>
        <translation>导入…</translation>
    </message>
</context>
<context>
    <name>sallyport::SetupDonePage</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Connect Claude Code…</source>
        <translation>连接 Claude Code…</translation>
    </message>
    <message>
        <source>! Requests go to the sandbox: not a real model</source>
        <translation>! 请求前往沙盒：不是真实模型</translation>
    </message>
    <message>
        <source>✓ Requests go to %1</source>
        <translation>✓ 请求前往 %1</translation>
    </message>
    <message>
        <source>Next: connect Claude Code, so that its requests pass through Sallyport. What is written into its settings is shown before, and one click takes it back.</source>
        <translation>下一步：连接 Claude Code，让它的请求经过 Sallyport。写入其设置的内容会先显示出来，一键即可撤销。</translation>
    </message>
    <message>
        <source>! Saved, but not in force</source>
        <translation>! 已保存，但未生效</translation>
    </message>
</context>
<context>
    <name>sallyport::StatisticsAction</name>
    <message>
        <source>Statistics…</source>
        <translation>统计…</translation>
    </message>
</context>
<context>
    <name>sallyport::StatisticsWindow</name>
    <message>
        <source>Statistics – Sallyport</source>
        <translation>统计 – Sallyport</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>显示内容</translation>
    </message>
    <message>
        <source>By what it is summed</source>
        <translation>汇总方式</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>last 24 hours</source>
        <translation>最近 24 小时</translation>
    </message>
    <message>
        <source>last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>Save CSV…</source>
        <translation>保存 CSV…</translation>
    </message>
    <message>
        <source>Save PNG…</source>
        <translation>保存 PNG…</translation>
    </message>
    <message>
        <source>Reading the history…</source>
        <translation>正在读取历史…</translation>
    </message>
    <message>
        <source>The history cannot be read: %1</source>
        <translation>无法读取历史：%1</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>已保存：%1</translation>
    </message>
    <message>
        <source>Not saved: %1 cannot be written.</source>
        <translation>未保存：无法写入 %1。</translation>
    </message>
</context>
<context>
    <name>sallyport::StatusLine</name>
    <message>
        <source>! not listening</source>
        <translation>! 未监听</translation>
    </message>
    <message>
        <source>○ off</source>
        <translation>○ 已关闭</translation>
    </message>
    <message numerus="yes">
        <source>%n active</source>
        <translation>
            <numerusform>%n 个进行中</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 shown of %2</source>
        <translation>显示 %1 / 共 %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln request(s)</source>
        <translation>
            <numerusform>%Ln 个请求</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln request(s) waiting</source>
        <translation>
            <numerusform>%Ln 个请求等待显示</numerusform>
        </translation>
    </message>
    <message>
        <source>→ no upstream</source>
        <translation>→ 无上游</translation>
    </message>
    <message>
        <source>Sandbox: not a real model</source>
        <translation>沙盒：不是真实模型</translation>
    </message>
    <message>
        <source>Where the requests of Claude Code go; click to change it</source>
        <translation>Claude Code 的请求去往哪里；点击可更改</translation>
    </message>
    <message numerus="yes">
        <source>%Ln older</source>
        <translation>
            <numerusform>%Ln 个更早的</numerusform>
        </translation>
    </message>
    <message>
        <source>Replay: recorded responses of %1, not a real model</source>
        <translation>重放：%1 中录制的响应，不是真实模型</translation>
    </message>
</context>
<context>
    <name>sallyport::TrayMenu</name>
    <message numerus="yes">
        <source>Running on %1 · %n active</source>
        <translation>
            <numerusform>运行于 %1 · %n 个进行中</numerusform>
        </translation>
    </message>
    <message>
        <source>Running on %1</source>
        <translation>运行于 %1</translation>
    </message>
    <message numerus="yes">
        <source>Finishing · %n active</source>
        <translation>
            <numerusform>正在结束 · %n 个进行中</numerusform>
        </translation>
    </message>
    <message>
        <source>Trouble: not listening</source>
        <translation>故障：未监听</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>Open request log</source>
        <translation>打开请求日志</translation>
    </message>
    <message>
        <source>Proxy on</source>
        <translation>启用代理</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Claude Code</source>
        <translation>Claude Code</translation>
    </message>
    <message>
        <source>Connect…</source>
        <translation>连接…</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>断开连接</translation>
    </message>
    <message>
        <source>Copy variables</source>
        <translation>复制变量</translation>
    </message>
    <message>
        <source>Claude Code · connected</source>
        <translation>Claude Code · 已连接</translation>
    </message>
    <message>
        <source>Set up gateway…</source>
        <translation>设置网关…</translation>
    </message>
    <message>
        <source>Upstream</source>
        <translation>上游</translation>
    </message>
    <message>
        <source>Last errors</source>
        <translation>最近的错误</translation>
    </message>
    <message>
        <source>Open terminal</source>
        <translation>打开终端</translation>
    </message>
    <message>
        <source>Doctor…</source>
        <translation>诊断…</translation>
    </message>
    <message>
        <source>⚠ A server&apos;s certificate is not verified</source>
        <translation>⚠ 未验证服务器的证书</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Edit routes…</source>
        <translation>编辑路由…</translation>
    </message>
    <message>
        <source>Trouble: %1</source>
        <translation>故障：%1</translation>
    </message>
    <message>
        <source>Use a free port</source>
        <translation>使用空闲端口</translation>
    </message>
</context>
<context>
    <name>sallyport::UpstreamTest</name>
    <message>
        <source>This is not the base address of a gateway; one looks like https://gateway.example/path.</source>
        <translation>这不是网关的基础地址；应类似 https://gateway.example/path。</translation>
    </message>
    <message>
        <source>%1 answered and took the credential.</source>
        <translation>%1 已应答并接受了凭据。</translation>
    </message>
    <message>
        <source>%1 answered and took the credential; it has no list of models.</source>
        <translation>%1 已应答并接受了凭据；它没有模型列表。</translation>
    </message>
    <message>
        <source>%1 answers in the form of the Messages API (status %2).</source>
        <translation>%1 以 Messages API 的形式应答（状态 %2）。</translation>
    </message>
    <message>
        <source>%1 redirects to another address; enter the address that it leads to.</source>
        <translation>%1 重定向到另一个地址；请输入它指向的地址。</translation>
    </message>
    <message>
        <source>Leave /v1 off the end of the address: it is added by itself.</source>
        <translation>请去掉地址末尾的 /v1：它会自动加上。</translation>
    </message>
    <message>
        <source>%1 speaks HTTP but not the Messages API (status %2); check the path of the address.</source>
        <translation>%1 使用 HTTP，但不是 Messages API（状态 %2）；请检查地址中的路径。</translation>
    </message>
    <message>
        <source>%1 wants a credential (status %2); enter one.</source>
        <translation>%1 需要凭据（状态 %2）；请输入。</translation>
    </message>
    <message>
        <source>%1 refused the credential (status %2); check the key and how it is sent.</source>
        <translation>%1 拒绝了凭据（状态 %2）；请检查密钥及其发送方式。</translation>
    </message>
    <message>
        <source>The certificate of %1 is not trusted: %2. A CA file of your company may be needed.</source>
        <translation>%1 的证书不受信任：%2。可能需要贵公司的 CA 文件。</translation>
    </message>
    <message>
        <source>No address is known for %1; check the name and whether a VPN is needed.</source>
        <translation>找不到 %1 的地址；请检查名称，以及是否需要 VPN。</translation>
    </message>
    <message>
        <source>%1 did not answer within %2 seconds.</source>
        <translation>%1 在 %2 秒内没有应答。</translation>
    </message>
    <message>
        <source>%1 cannot be reached: %2</source>
        <translation>无法连接 %1：%2</translation>
    </message>
    <message>
        <source>The client certificate %1 or its key cannot be used.</source>
        <translation>客户端证书 %1 或其密钥无法使用。</translation>
    </message>
    <message>
        <source>The credential has a line break or another control character in it; enter it again.</source>
        <translation>凭据中有换行或其他控制字符；请重新输入。</translation>
    </message>
    <message>
        <source>The way there: %1.</source>
        <translation>所走的出口：%1。</translation>
    </message>
</context>
<context>
    <name>sallyport::UpstreamsPage</name>
    <message>
        <source>&amp;Name:</source>
        <translation>名称(&amp;N)：</translation>
    </message>
    <message>
        <source>One address on a line; the first that can take a request gets it</source>
        <translation>每行一个地址；第一个能接收请求的得到它</translation>
    </message>
    <message>
        <source>A&amp;ddresses:</source>
        <translation>地址(&amp;D)：</translation>
    </message>
    <message>
        <source>Claude Code&apos;s own is passed on</source>
        <translation>传递 Claude Code 自己的</translation>
    </message>
    <message>
        <source>from the keychain</source>
        <translation>来自密钥环</translation>
    </message>
    <message>
        <source>from an environment variable</source>
        <translation>来自环境变量</translation>
    </message>
    <message>
        <source>from a file</source>
        <translation>来自文件</translation>
    </message>
    <message>
        <source>&amp;Credential:</source>
        <translation>凭据(&amp;C)：</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>empty: the one that is there stays</source>
        <translation>留空：保留现有的</translation>
    </message>
    <message>
        <source>&amp;Key:</source>
        <translation>密钥(&amp;K)：</translation>
    </message>
    <message>
        <source>Sent &amp;as:</source>
        <translation>发送方式(&amp;A)：</translation>
    </message>
    <message>
        <source>empty: what the system trusts</source>
        <translation>留空：系统信任的证书</translation>
    </message>
    <message>
        <source>CA &amp;file:</source>
        <translation>CA 文件(&amp;F)：</translation>
    </message>
    <message>
        <source>Upstreams</source>
        <translation>上游</translation>
    </message>
    <message>
        <source>A&amp;dd</source>
        <translation>添加(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>移除(&amp;R)</translation>
    </message>
    <message>
        <source>Lines of routes.yaml that change</source>
        <translation>routes.yaml 中变化的行</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>测试(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>as routes.yaml says</source>
        <translation>按 routes.yaml 所写</translation>
    </message>
    <message>
        <source>Variab&amp;le:</source>
        <translation>变量(&amp;L)：</translation>
    </message>
    <message>
        <source>F&amp;ile:</source>
        <translation>文件(&amp;I)：</translation>
    </message>
    <message>
        <source>&amp;Entry:</source>
        <translation>条目(&amp;E)：</translation>
    </message>
    <message>
        <source>The key is not kept, and nothing is written: %1</source>
        <translation>密钥未保存，也未写入任何内容：%1</translation>
    </message>
    <message>
        <source>Saved, and in force at once.</source>
        <translation>已保存并立即生效。</translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation>正在询问 %1…</translation>
    </message>
    <message>
        <source>The sandbox answers on this machine, in the form of the Messages API. It has no address and takes no key: there is nothing to set.</source>
        <translation>沙盒以 Messages API 的形式在本机应答。它没有地址，也不需要密钥：这里没有可设置的内容。</translation>
    </message>
</context>
<context>
    <name>sallyport::WebSocketModel</name>
    <message>
        <source>#</source>
        <translation>#</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
</context>
<context>
    <name>sallyport::WindowLayout</name>
    <message>
        <source>Detail beside the table</source>
        <translation>详情位于表格旁边</translation>
    </message>
</context>
</TS>
