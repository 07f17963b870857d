filedesc://gazette.arc 0.0.0.0 19970601120000 text/plain 69
1 0 Saltmere
URL IP-address Archive-date Content-type Archive-length

http://www.saltmere.example/ferry.html 10.0.0.1 19970601120000 text/html 604
HTTP/1.0 200 OK
Content-Type: text/html

<!DOCTYPE html>
<html><head><title>Ferry timetable changes in June</title><meta name="author" content="Ines Marrable"></head>
<body><article><h1>Ferry timetable changes in June</h1>
<p>The Saltmere ferry will sail every forty minutes from the first of June, the harbour board said, with a late boat on Saturdays.</p>
<figure><img src="../img/ferry.png" alt="The ferry at the quay" width="400" height="300"><figcaption>The ferry at the quay</figcaption></figure>
<p>The last boat will wait for those who come back from the theatre.</p>
</article></body></html>

http://www.saltmere.example/old.html 10.0.0.1 19970601120000 text/html 367
<!DOCTYPE html>
<html><head><title>Cafe on the quay opens again</title></head>
<body><article><h1>Cafe on the quay opens again</h1>
<p>The café on the quay has opened again after the storm, and serves coffee for £1 until the end of the month.</p>
<p>Its owner said that the sea had come in by the front door and gone out by the back one.</p>
</article></body></html>

